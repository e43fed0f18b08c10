// The first label as dots, as the printer lays it out.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LabelSize, PaperDots } from '../../../shared/devices/ports.ts';
import type { ShelfLabel } from '../../../shared/domain/shelf-label.ts';
import { DotsView } from '../../../shared/ui/picture-view.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function LabelPreview(props: {
  readonly label: ShelfLabel | null;
  readonly size: LabelSize;
}): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const [dots, setDots] = useState<PaperDots | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);
  const { label, size } = props;
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (label === null) return setDots(null);
    void pos.labels.preview(label, size).then(
      (shown) => {
        if (mine !== asked.current) return;
        setProblem(shown.ok ? null : refusalText(words, shown, null));
        setDots(shown.ok ? shown.value : null);
      },
      () => pos.say('danger', words.t('lazy.not-loaded')),
    );
    return undefined;
  }, [label, size]);
  if (problem !== null) return <p role="alert">{problem}</p>;
  if (dots === null) return null;
  return (
    <div class="label-paper" data-size={size}>
      <DotsView testId="label-paper" dots={dots} label={label?.name ?? ''} />
    </div>
  );
}
