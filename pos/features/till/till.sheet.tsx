// The till of this workstation: opened with a counted float, cash moved, looked at (X), counted blind and closed (Z). What
// the drawer should hold is told only after it was counted.

import { ArrowLeft, Calculator, FileText, HandCoins, Printer } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import type { CountedCash } from '../../../shared/domain/denominations.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import type { OpenTill } from '../../../shared/domain/z-report.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { ReceiptView } from '../../../shared/ui/receipt-view.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';
import { TerminalDays } from '../../shell/terminal-days.tsx';
import { CountForm } from './count-form.tsx';
import { CountTill } from './count-till.tsx';
import { MoveForm } from './move-form.tsx';
import { xReport, zReport } from './till-report.ts';
import { TillTool, TillToolButtons, type Tool } from './till-tools.tsx';

type Step =
  | { readonly kind: 'start' }
  | { readonly kind: 'move' }
  | { readonly kind: 'count' }
  | { readonly kind: 'counted'; readonly countedMinor: number }
  | { readonly kind: 'report'; readonly report: Receipt }
  | { readonly kind: 'tool'; readonly tool: Tool };

const START: Step = { kind: 'start' };

export function TillSheet(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [step, setStep] = useState<Step>(START);
  const state = pos.workstation.till.value;
  const open = state?.open ?? null;
  return (
    <Dialog
      testId="till-sheet"
      kind="sheet"
      title={words.t('till.title')}
      closeLabel={words.t('common.close')}
      onClose={() => {
        pos.overlay.value = 'none';
      }}
    >
      <div class="line-sheet" data-testid="till" data-open={open !== null} data-step={step.kind}>
        {step.kind !== 'start' && (
          <Button
            testId="till-back"
            look="quiet"
            class="till-back"
            icon={ArrowLeft}
            iconMirrors
            onPress={() => setStep(START)}
          >
            {words.t('till.back')}
          </Button>
        )}
        {state === null ? (
          <p>{words.t('refusal.till-history-missing')}</p>
        ) : step.kind === 'report' ? (
          <Report report={step.report} />
        ) : step.kind === 'tool' ? (
          <TillTool tool={step.tool} onDone={() => setStep(START)} />
        ) : open === null ? (
          <ClosedTill />
        ) : (
          <OpenSteps open={open} step={step} onStep={setStep} />
        )}
        {state !== null && step.kind === 'start' && (
          <TillToolButtons onTool={(tool) => setStep({ kind: 'tool', tool })} />
        )}
      </div>
    </Dialog>
  );
}

function ClosedTill(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  const open = async (counted: CountedCash) => {
    if (pos.report(await pos.workstation.openTill(counted))) pos.say('good', words.t('till.opened'));
  };
  return (
    <CountForm
      currency={currency}
      lead={words.t('till.count-float')}
      submit={words.t('till.open')}
      onCounted={(counted) => void open(counted)}
    />
  );
}

function OpenSteps(props: {
  readonly open: OpenTill;
  readonly step: Step;
  readonly onStep: (step: Step) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { open, step, onStep } = props;
  if (step.kind === 'move') return <MoveForm open={open} onDone={() => onStep(START)} />;
  if (step.kind === 'count') {
    return <CountTill open={open} onCounted={(countedMinor) => onStep({ kind: 'counted', countedMinor })} />;
  }
  if (step.kind === 'counted') {
    return (
      <>
        <p class="count-sum">
          <span>{words.t('report.counted')}</span>
          <Money testId="till-counted" amountMinor={step.countedMinor} currency={open.currency} />
        </p>
        <p class="soft">{words.t('till.close-more')}</p>
        <Button testId="till-count-again" size="large" onPress={() => onStep({ kind: 'count' })}>
          {words.t('till.count-again')}
        </Button>
        <Button
          testId="till-close"
          look="primary"
          size="large"
          onPress={() => void closeTill(pos, open, (report) => onStep({ kind: 'report', report }))}
        >
          {words.t('till.close')}
        </Button>
      </>
    );
  }
  return <OpenTillStart open={open} onStep={onStep} />;
}

function OpenTillStart(props: {
  readonly open: OpenTill;
  readonly onStep: (step: Step) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { open, onStep } = props;
  const showX = async () => {
    const outcome = await pos.workstation.makeXReport();
    const given = reportGiven(pos);
    if (pos.report(outcome) && outcome.ok && given !== null) {
      onStep({ kind: 'report', report: xReport(outcome.value, given) });
    }
  };
  const action = (name: string, icon: typeof Calculator, label: ComponentChildren, onPress: () => void) => (
    <Button testId={`till-${name}`} size="large" icon={icon} onPress={onPress}>
      {label}
    </Button>
  );
  return (
    <>
      <dl class="facts line-facts">
        <div>
          <dt>{words.t('till.session')}</dt>
          <dd>{words.number(open.sessionNumber)}</dd>
        </div>
        <div>
          <dt>{words.t('report.opened')}</dt>
          <dd>{words.dateTime(open.openedAt)}</dd>
        </div>
      </dl>
      <div class="sheet-actions">
        {action('move', HandCoins, words.t('till.move'), () => onStep({ kind: 'move' }))}
        {action('x', FileText, words.t('report.x'), () => void showX())}
        {action('count', Calculator, words.t('till.count'), () => onStep({ kind: 'count' }))}
      </div>
    </>
  );
}

function Report({ report }: { readonly report: Receipt }): JSX.Element {
  const pos = usePos();
  // Beside the Z of a till that was just closed, and not beside an X.
  const isClosing = pos.workstation.till.value?.open === null;
  const words = useWords();
  return (
    <>
      <ReceiptView receipt={report} />
      {isClosing && <TerminalDays />}
      <Button
        testId="report-print"
        look="primary"
        size="large"
        icon={Printer}
        onPress={() => void pos.printReport(report)}
      >
        {words.t('receipt.print')}
      </Button>
    </>
  );
}

/** Closes what was counted; a difference beyond the operator's limit is for a manager to agree to. */
function closeTill(pos: PosContext, open: OpenTill, onClosed: (report: Receipt) => void): Promise<void> {
  const closed: { report: Receipt | null } = { report: null };
  return decide(pos, {
    subject: ({ details }) => {
      const differenceMinor = Number(details['differenceMinor'] ?? 0);
      return {
        subject: tillSubjects.closeTill(open.tillSessionId, differenceMinor),
        limit: {
          name: 'maxTillDifferenceMinor',
          asked: Number(details['stakeMinor'] ?? differenceMinor),
        },
      };
    },
    async act(approval) {
      const outcome = await pos.workstation.closeTill(approval === undefined ? {} : { approval });
      const given = reportGiven(pos);
      if (outcome.ok && given !== null) closed.report = zReport(outcome.value, given);
      return outcome;
    },
    onDone: () => {
      if (closed.report !== null) onClosed(closed.report);
    },
  });
}

function reportGiven(pos: PosContext) {
  const settings = pos.workstation.settings.value;
  return settings === null
    ? null
    : { words: pos.speech.value, settings, operators: pos.workstation.operators.value };
}
