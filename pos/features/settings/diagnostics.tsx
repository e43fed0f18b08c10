// The plain truth about this device: what waits to be sent, what the storage holds, which versions run.

import { ShieldCheck } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function Diagnostics(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const status = workstation.status.value;
  const identity = workstation.identity.value;
  return (
    <section>
      <h3>{words.t('settings.device')}</h3>
      <dl class="facts">
        <DeliveryFacts />
        <StorageFacts />
        {status.clockDifferenceMs !== null && (
          <Known name="clock" label={words.t('settings.clock')}>
            {words.t('settings.clock-difference', { seconds: Math.round(status.clockDifferenceMs / 1000) })}
          </Known>
        )}
        {identity !== null && (
          <Known name="workstation" label={words.t('settings.workstation')}>
            <bdi class="ltr">{`${identity.workstationNumber} · ${identity.workstationId.slice(0, 8)}`}</bdi>
          </Known>
        )}
        <Known name="version" label={words.t('settings.version')}>
          <bdi class="ltr">{pos.appVersion}</bdi>
        </Known>
      </dl>
      {status.troubles.some((trouble) => trouble.code === 'ST-05') && (
        <Button
          testId="protect-storage"
          icon={ShieldCheck}
          onPress={() => void workstation.resolveTrouble('ST-05', 'retry').then(pos.report)}
        >
          {words.t('settings.protect')}
        </Button>
      )}
    </section>
  );
}

function DeliveryFacts(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { connection, lastContactAt, pendingCount, oldestPendingAt } = pos.workstation.status.value;
  const ageOf = (instant: string | null) =>
    instant === null ? words.t('status.never') : words.ago(Math.max(0, pos.now.value - Date.parse(instant)));
  return (
    <>
      <Known name="connection" label={words.t('settings.connection')}>
        {words.t(`status.${connection}`)}
      </Known>
      <Known name="last-contact" label={words.t('settings.last-contact')}>
        {ageOf(lastContactAt)}
      </Known>
      <Known name="pending" label={words.t('settings.pending')}>
        {pendingCount === 0
          ? words.t('settings.pending-none')
          : words.t('settings.pending-some', { count: pendingCount, age: ageOf(oldestPendingAt) })}
      </Known>
    </>
  );
}

function StorageFacts(): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { storage, catalogue } = workstation.status.value;
  const used = { used: words.bytes(storage.usedBytes), quota: words.bytes(storage.quotaBytes) };
  return (
    <>
      <Known name="storage" label={words.t('settings.storage')}>
        {storage.quotaBytes === 0
          ? words.t('settings.storage-unknown')
          : words.t('settings.storage-used', used)}
      </Known>
      <Known name="persisted" label={words.t('settings.persisted')}>
        {words.t(storage.isPersisted ? 'settings.persisted-yes' : 'settings.persisted-no')}
      </Known>
      <Known name="items" label={words.t('settings.items')}>
        {words.number(catalogue.itemCount)}
      </Known>
    </>
  );
}

function Known(props: {
  readonly name: string;
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div data-testid={`fact-${props.name}`}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
