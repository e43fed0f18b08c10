// The receipt as paper, beside the choices: the same bytes and the same dots that a printer makes of them.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PaperDots } from '../../../shared/devices/ports.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import { DotsView } from '../../../shared/ui/picture-view.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { SAMPLES, type Sample } from './sample-receipt.ts';

export function LayoutPreview(props: {
  readonly receipt: Receipt | null;
  readonly columns: number;
  readonly sample: Sample;
  readonly onSample: (sample: Sample) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [dots, setDots] = useState<PaperDots | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);
  const { receipt, columns } = props;
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (receipt === null) return;
    void pos.previewPaper(receipt, columns).then(
      (shown) => {
        // A slower answer to an older question must not overwrite a newer one.
        if (mine !== asked.current) return;
        setProblem(shown.ok ? null : refusalText(words, shown, null));
        if (shown.ok) setDots(shown.value);
      },
      () => setProblem(words.t('lazy.not-loaded')),
    );
  }, [receipt, columns]);
  return (
    <section class="layout-preview" data-testid="layout-preview" data-columns={columns}>
      <Segmented<Sample>
        testId="layout-sample"
        label={words.t('layout.sample')}
        value={props.sample}
        options={SAMPLES.map((value) => ({ value, label: words.t(`layout.sample-${value}`) }))}
        onChoose={props.onSample}
      />
      {problem !== null && <p role="alert">{problem}</p>}
      <div class="layout-paper" data-columns={columns}>
        {dots !== null && <DotsView testId="layout-paper" dots={dots} label={words.t('layout.preview')} />}
      </div>
    </section>
  );
}
