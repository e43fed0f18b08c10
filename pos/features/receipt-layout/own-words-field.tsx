// The shop's own words above and below, in each language that its customers read.

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../../shared/domain/localized-text.ts';
import { OWN_WORDS_MAX, type OwnWords } from '../../../shared/domain/receipt-layout.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { directionOf } from '../../../shared/ui/speech.ts';
import { useWords } from '../../shell/pos-context.ts';

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fa: 'فارسی',
  ar: 'العربية',
  ru: 'Русский',
  pl: 'Polski',
};

type Both = { readonly header: OwnWords; readonly footer: OwnWords };

export function OwnWordsField(props: {
  readonly value: Both;
  /** Which language is looked at first. */
  readonly start: Language;
  readonly onChange: (change: Partial<Both>) => void;
}): JSX.Element {
  const words = useWords();
  const [language, setLanguage] = useState<Language>(props.start);
  const area = (which: 'header' | 'footer', label: string) => (
    <Area
      testId={`layout-${which}`}
      label={label}
      language={language}
      value={props.value[which][language] ?? ''}
      onInput={(text) => props.onChange({ [which]: withWords(props.value[which], language, text) })}
    />
  );
  return (
    <section class="layout-part">
      <h3>{words.t('layout.words')}</h3>
      <p class="soft">{words.t('layout.words-more')}</p>
      <Segmented<Language>
        testId="layout-words-language"
        label={words.t('layout.words-language')}
        value={language}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
        onChoose={setLanguage}
      />
      {area('header', words.t('layout.header'))}
      {area('footer', words.t('layout.footer'))}
    </section>
  );
}

function withWords(own: OwnWords, language: Language, text: string): OwnWords {
  const others = Object.fromEntries(Object.entries(own).filter(([each]) => each !== language));
  return text.trim() === '' ? others : { ...others, [language]: text };
}

function Area(props: {
  readonly testId: string;
  readonly label: string;
  readonly language: Language;
  readonly value: string;
  readonly onInput: (text: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        class="layout-words"
        data-testid={props.testId}
        lang={props.language}
        dir={directionOf(props.language)}
        rows={2}
        maxLength={OWN_WORDS_MAX}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  );
}
