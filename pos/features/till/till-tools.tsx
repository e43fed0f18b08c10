// What is done at the till besides counting: the drawer opened without a sale, practice, the time clock, the customer's screen.

import { Clock, CreditCard, GraduationCap, LockOpen, MonitorSmartphone } from 'lucide';
import type { IconNode } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import type { Stay } from '../../../shared/domain/time-clock.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';
import { switchTraining } from '../../shell/switch-training.ts';

export type Tool = 'no-sale' | 'clock' | 'display';

export function TillToolButtons({ onTool }: { readonly onTool: (tool: Tool) => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const isTraining = pos.workstation.till.value?.isTraining === true;
  const tool = (name: string, icon: IconNode, label: string, onPress: () => void) => (
    <Button testId={`till-${name}`} size="large" icon={icon} onPress={onPress}>
      {label}
    </Button>
  );
  return (
    <div class="sheet-actions">
      {!isTraining && tool('no-sale', LockOpen, words.t('no-sale.action'), () => onTool('no-sale'))}
      {tool('cards', CreditCard, words.t('cards.action'), () => {
        pos.overlay.value = 'cards';
      })}
      {tool('clock', Clock, words.t('clock.action'), () => onTool('clock'))}
      {tool('display', MonitorSmartphone, words.t('display.action'), () => onTool('display'))}
      {pos.workstation.cart.value === null &&
        tool('training', GraduationCap, words.t(isTraining ? 'training.leave' : 'training.enter'), () =>
          switchTraining(pos, !isTraining),
        )}
    </div>
  );
}

export function TillTool(props: { readonly tool: Tool; readonly onDone: () => void }): JSX.Element {
  switch (props.tool) {
    case 'no-sale':
      return <NoSaleForm onDone={props.onDone} />;
    case 'clock':
      return <TimeClock />;
    case 'display':
      return <CustomerScreen />;
  }
}

function NoSaleForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [reasonCode, setReason] = useState('');
  const reason = reasonCode.trim();
  const open = () =>
    void decide(pos, {
      subject: tillSubjects.noSale(reason),
      act: (approval) =>
        pos.workstation.noSale({ reasonCode: reason, ...(approval !== undefined && { approval }) }),
      onDone: () => {
        onDone();
        const { drawer } = pos;
        pos.say('good', words.t(drawer.value === null ? 'no-sale.no-drawer' : 'no-sale.done'));
        void pos.openDrawer();
      },
    });
  return (
    <div class="decision" data-testid="no-sale-form">
      <p class="soft">{words.t('no-sale.title')}</p>
      <ReasonChoice action="no-sale" value={reasonCode} onChoose={setReason} />
      <Button testId="no-sale-ok" look="primary" size="large" isDisabled={reason === ''} onPress={open}>
        {words.t('no-sale.action')}
      </Button>
    </div>
  );
}

function TimeClock(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const [stays, setStays] = useState<ReadonlyMap<string, readonly Stay[]>>(new Map());
  const load = () => void workstation.staysToday().then(setStays);
  useEffect(load, []);
  const operator = workstation.operator.value;
  const name = operator?.name ?? '';
  const isIn = operator !== null && stays.get(operator.id)?.at(-1)?.outAt === null;
  const press = async () => {
    const outcome = await (isIn ? workstation.clockOut() : workstation.clockIn());
    if (pos.report(outcome)) pos.say('good', words.t(isIn ? 'clock.out-done' : 'clock.in-done', { name }));
    load();
  };
  const rows = [...stays].flatMap(([id, all]) => all.map((stay) => ({ id, stay })));
  return (
    <div class="decision" data-testid="time-clock" data-in={isIn}>
      <Button testId="clock-press" look="primary" size="large" icon={Clock} onPress={() => void press()}>
        {`${words.t(isIn ? 'clock.out' : 'clock.in')}: ${name}`}
      </Button>
      {rows.length === 0 ? (
        <p class="soft">{words.t('clock.none')}</p>
      ) : (
        <dl class="facts">
          {rows.map(({ id, stay }) => (
            <div key={`${id} ${stay.inAt}`}>
              <dt>
                <bdi>{workstation.operators.value.find((one) => one.id === id)?.name ?? id}</bdi>
              </dt>
              <dd>
                {`${words.time(stay.inAt)} – ${stay.outAt === null ? words.t('clock.present') : words.time(stay.outAt)}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function CustomerScreen(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [code, setCode] = useState<string | null>(null);
  const address = `${location.origin}${import.meta.env.BASE_URL}display`;
  const pair = async () => {
    const outcome = await pos.workstation.pairDisplay();
    if (!pos.report(outcome) || !outcome.ok) return;
    setCode(outcome.value.code);
    pos.choosePreferences({ hasRemoteDisplay: true });
  };
  return (
    <div class="decision" data-testid="customer-screen">
      <Button
        testId="display-open"
        look="primary"
        size="large"
        icon={MonitorSmartphone}
        onPress={() => void window.open(address, 'tillandsia-display', 'popup')}
      >
        {words.t('display.open')}
      </Button>
      <p class="soft">{words.t('display.open-more')}</p>
      <Button testId="display-remote" size="large" onPress={() => void pair()}>
        {words.t('display.remote')}
      </Button>
      {code !== null && (
        <>
          <p>{words.t('display.remote-more', { address })}</p>
          <output class="big-entry" data-testid="display-pair-code" data-code={code}>
            <bdi class="ltr">{words.digits(code)}</bdi>
          </output>
        </>
      )}
    </div>
  );
}
