// How the store's receipts look: a manager changes it and sees the paper beside it. Saved on the server, for all tills; what is
// not saved yet stays here, and leaving it is asked about.

import { CloudOff, Save } from 'lucide';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import '../../css/receipt-layout.css';
import { LANGUAGES, type Language } from '../../../shared/domain/localized-text.ts';
import { DEFAULT_RECEIPT_LAYOUT, type ReceiptLayout } from '../../../shared/domain/receipt-layout.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Banner } from '../../../shared/ui/notices.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { LayoutPreview } from './layout-preview.tsx';
import { LogoField } from './logo-field.tsx';
import { LANGUAGE_NAMES, OwnWordsField } from './own-words-field.tsx';
import { PartList } from './part-list.tsx';
import { sampleReceipt, type Sample } from './sample-receipt.ts';
import { useReceiptSpeech } from './use-receipt-speech.ts';

const COLUMNS = { 58: 32, 80: 48 } as const;

export function ReceiptLayoutDialog(props: {
  readonly settings: StoreSettings;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const saved = props.settings.receiptLayout ?? DEFAULT_RECEIPT_LAYOUT;
  const [draft, setDraft] = useState<ReceiptLayout>(saved);
  const [sample, setSample] = useState<Sample>('sale');
  const [isLeaving, setLeaving] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [openedAt] = useState(() => new Date(pos.now.peek()).toISOString());
  const speech = useReceiptSpeech(draft.language);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);
  const isOffline = pos.workstation.status.value.connection === 'offline';
  const change = (changes: Partial<ReceiptLayout>) => {
    setLeaving(false);
    setDraft((former) => ({ ...former, ...changes }));
  };
  const operatorName = pos.workstation.operator.value?.name ?? '';
  const receipt = useMemo(
    () =>
      sampleReceipt(sample, { ...props.settings, receiptLayout: draft }, speech, {
        operatorName,
        now: openedAt,
      }),
    [draft, sample, speech, operatorName],
  );
  const close = () => {
    if (isChanged && !isLeaving) setLeaving(true);
    else props.onClose();
  };
  const save = async () => {
    setSaving(true);
    const outcome = await pos.workstation.saveReceiptLayout(draft);
    setSaving(false);
    if (!pos.report(outcome)) return;
    pos.say('good', words.t('layout.saved'));
    props.onClose();
  };
  return (
    <Dialog
      testId="receipt-layout"
      width="full"
      title={words.t('layout.title')}
      closeLabel={words.t('common.close')}
      onClose={close}
      actions={
        <>
          {isLeaving && (
            <Button testId="layout-discard" look="danger" onPress={props.onClose}>
              {words.t('layout.discard')}
            </Button>
          )}
          <Button
            testId="layout-save"
            look="primary"
            icon={Save}
            isDisabled={!isChanged || isOffline || isSaving}
            onPress={() => void save()}
          >
            {words.t('layout.save')}
          </Button>
        </>
      }
    >
      {isOffline && (
        <Banner testId="layout-offline" tone="warning" icon={CloudOff}>
          {words.t('refusal.layout-offline')}
        </Banner>
      )}
      {isLeaving && (
        <Banner testId="layout-unsaved" tone="warning">
          {words.t('layout.unsaved')}
        </Banner>
      )}
      <div class="layout-editor">
        <div class="layout-choices">
          <PaperAndLanguage draft={draft} onChange={change} />
          <LogoField logo={draft.logo} onChange={(logo) => setDraft((former) => withLogo(former, logo))} />
          <OwnWordsField value={draft} start={speech.language} onChange={change} />
          <PartList parts={draft.parts} onChange={(parts) => change({ parts })} />
        </div>
        <LayoutPreview
          receipt={receipt}
          columns={COLUMNS[draft.paperMm]}
          sample={sample}
          onSample={setSample}
        />
      </div>
    </Dialog>
  );
}

function withLogo({ logo: _former, ...rest }: ReceiptLayout, logo: ReceiptLayout['logo']): ReceiptLayout {
  return logo === undefined ? rest : { ...rest, logo };
}

function PaperAndLanguage(props: {
  readonly draft: ReceiptLayout;
  readonly onChange: (changes: Partial<ReceiptLayout>) => void;
}): JSX.Element {
  const words = useWords();
  const { draft, onChange } = props;
  return (
    <section class="layout-part">
      <h3>{words.t('layout.paper')}</h3>
      <Segmented
        testId="layout-paper-width"
        label={words.t('layout.paper')}
        value={draft.paperMm === 58 ? '58' : '80'}
        options={[
          { value: '80', label: words.t('layout.paper-mm', { mm: 80 }) },
          { value: '58', label: words.t('layout.paper-mm', { mm: 58 }) },
        ]}
        onChoose={(value) => onChange({ paperMm: value === '58' ? 58 : 80 })}
      />
      <h3>{words.t('layout.language')}</h3>
      <Segmented<'till' | Language>
        testId="layout-language"
        label={words.t('layout.language')}
        value={draft.language}
        options={[
          { value: 'till', label: words.t('layout.language-till') },
          ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value })),
        ]}
        onChoose={(language) => onChange({ language })}
      />
    </section>
  );
}
