// A coupon's code, and the certificate of a customer who pays no tax.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import { cartSubjects } from '../../../shared/domain/approval.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useScans } from '../../shell/use-keyboard.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

const CODE_MAX = 64;

/** Typed or scanned; a code that is not known stays in the field with its sentence. */
export function CouponQuestion({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const isAsking = useRef(false);
  const take = async (typed: string) => {
    if (isAsking.current) return;
    isAsking.current = true;
    const free = await pos.workstation.claimCode('coupon', typed);
    isAsking.current = false;
    const outcome = free.ok ? pos.workstation.addCoupon(typed) : free;
    if (outcome.ok) {
      pos.sounds.good();
      onClose();
      return;
    }
    pos.sounds.bad();
    setCode(typed);
    setProblem(refusalText(words, outcome, null));
  };
  useScans((typed) => void take(typed));
  return (
    <Dialog
      testId="coupon"
      title={words.t('cart.coupon')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button
          testId="coupon-ok"
          look="primary"
          size="large"
          isDisabled={code.trim() === ''}
          onPress={() => void take(code)}
        >
          {words.t('coupon.take')}
        </Button>
      }
    >
      <Field
        testId="coupon-code"
        label={words.t('coupon.label')}
        value={code}
        maxLength={CODE_MAX}
        direction="ltr"
        hasFocusFirst
        hint={words.t('coupon.hint')}
        {...(problem !== null && { problem })}
        onInput={(text) => {
          setProblem(null);
          setCode(text);
        }}
        onEnter={() => void take(code)}
      />
    </Dialog>
  );
}

export function ExemptQuestion(props: {
  readonly view: CartView;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { view, onClose } = props;
  const [certificate, setCertificate] = useState('');
  const [reasonCode, setReason] = useState('');
  const number = certificate.trim();
  const isWhole = number !== '' && reasonCode.trim() !== '';
  const take = () => {
    if (!isWhole) return;
    void decide(pos, {
      subject: cartSubjects.exemptCart(view.cart.id, number),
      act: (approval) =>
        pos.workstation.exemptCart(number, {
          reasonCode: reasonCode.trim(),
          ...(approval !== undefined && { approval }),
        }),
      onDone: onClose,
    });
  };
  return (
    <Dialog
      testId="exempt"
      title={words.t('exempt.title')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button testId="exempt-ok" look="primary" size="large" isDisabled={!isWhole} onPress={take}>
          {words.t('exempt.take')}
        </Button>
      }
    >
      <div class="decision">
        <Field
          testId="exempt-certificate"
          label={words.t('exempt.certificate')}
          value={certificate}
          maxLength={CODE_MAX}
          direction="ltr"
          hasFocusFirst
          onInput={setCertificate}
          onEnter={take}
        />
        <ReasonChoice action="exempt-tax" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}
