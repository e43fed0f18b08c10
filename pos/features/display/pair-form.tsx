// A screen that hears of no till on its own device is paired with one by the code that the till shows.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { useSpeech } from '../../../shared/ui/speech-context.tsx';
import type { PosKey } from '../../shell/message-keys.ts';
import type { DisplayPairing } from './follow-server.ts';

const DIGITS = 6;

export function PairForm({ pairing }: { readonly pairing: DisplayPairing }): JSX.Element {
  const words = useSpeech<PosKey>();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const take = async () => {
    if (code.length !== DIGITS) return;
    if (!(await pairing.pair(code))) setProblem(words.t('display.code-wrong'));
  };
  return (
    <div class="display-pair card" data-testid="display-pair">
      <p>{words.t('display.pair-more')}</p>
      <Field
        testId="display-code"
        label={words.t('display.code')}
        inputMode="numeric"
        direction="ltr"
        maxLength={DIGITS}
        value={code}
        {...(problem !== null && { problem })}
        onInput={(text) => {
          setProblem(null);
          setCode([...text].map(toAsciiDigits).join('').replace(/\D/g, ''));
        }}
        onEnter={() => void take()}
      />
      <Button
        testId="display-pair-ok"
        look="primary"
        size="large"
        isDisabled={code.length !== DIGITS}
        onPress={() => void take()}
      >
        {words.t('display.pair')}
      </Button>
    </div>
  );
}
