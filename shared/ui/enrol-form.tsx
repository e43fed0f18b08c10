// Makes this computer a workstation of the store: the eight letters that the server shows, or one tap in a demo
// store. The code is typed in any case, with or without a gap.

import { KeyRound, Leaf, TriangleAlert } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Outcome } from '../domain/refusal.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { Logo } from './logo.tsx';
import { Banner } from './notices.tsx';
import type { SharedKey } from './shared-keys.ts';
import { useSpeech } from './speech-context.tsx';
import { refusalText, troubleText, type SpokenTrouble } from './trouble-text.ts';

const CODE_LENGTH = 8;

/** The letters of a code as typed: capitals only, at most eight. */
export const cleanCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(0, CODE_LENGTH);

/** What enrolling asks of the enroller. */
export type Enroller = {
  enrol(given: { readonly code: string; readonly name: string }): Promise<Outcome<null>>;
  enrolInDemoStore(): Promise<Outcome<null>>;
};

export function EnrolForm(props: {
  readonly enroller: Enroller;
  readonly isDemoServer: () => Promise<boolean>;
  readonly suggestedName: string;
  /** What is known of this device from before: it may have been somebody else, whose entries are gone. */
  readonly troubles: readonly SpokenTrouble[];
}): JSX.Element {
  const { enroller } = props;
  const words = useSpeech<SharedKey>();
  const [code, setCode] = useState('');
  const [name, setName] = useState(props.suggestedName);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isDemo, setDemo] = useState(false);
  useEffect(() => {
    void props.isDemoServer().then(setDemo);
  }, []);
  const run = async (ask: () => Promise<Outcome<null>>) => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await ask();
    setBusy(false);
    if (!outcome.ok) setProblem(refusalText(words, outcome, null));
  };
  const isReady = code.length === CODE_LENGTH && name.trim() !== '' && !isBusy;
  const enrol = () => {
    if (isReady) void run(() => enroller.enrol({ code, name: name.trim() }));
  };
  return (
    <main class="centre-stage" data-testid="enrol-screen">
      <section class="card enrol-card">
        <header>
          <Logo />
          <h1>{words.t('enrol.title')}</h1>
          <p class="soft">{words.t('enrol.more')}</p>
        </header>
        {props.troubles.map((trouble) => (
          <Banner key={trouble.code} testId={`trouble-${trouble.code}`} tone="warning" icon={TriangleAlert}>
            <strong>{troubleText(words, trouble, 'happened')}</strong> {troubleText(words, trouble, 'safe')}{' '}
            {troubleText(words, trouble, 'do')}
          </Banner>
        ))}
        <Field
          testId="enrol-code"
          class="code-field"
          label={words.t('enrol.code')}
          value={code.length > 4 ? `${code.slice(0, 4)} ${code.slice(4)}` : code}
          icon={KeyRound}
          direction="ltr"
          placeholder="ABCD EFGH"
          hasFocusFirst
          onInput={(typed) => setCode(cleanCode(typed))}
          onEnter={enrol}
          {...(problem === undefined ? { hint: words.t('enrol.code-hint') } : { problem })}
        />
        <Field
          testId="enrol-name"
          label={words.t('enrol.name')}
          value={name}
          maxLength={40}
          onInput={setName}
          onEnter={enrol}
        />
        <Button testId="enrol-submit" look="primary" size="large" isDisabled={!isReady} onPress={enrol}>
          {words.t(isBusy ? 'enrol.busy' : 'enrol.submit')}
        </Button>
        {isDemo && (
          <>
            <p class="or">{words.t('enrol.or')}</p>
            <Button
              testId="enrol-demo"
              size="large"
              icon={Leaf}
              isDisabled={isBusy}
              onPress={() => void run(() => enroller.enrolInDemoStore())}
            >
              {words.t('enrol.demo')}
            </Button>
          </>
        )}
      </section>
    </main>
  );
}
