// Decides what the kiosk shows: a trouble, enrolment, waiting, or the price check.

import type { JSX } from 'preact';
import { EnrolForm } from '../../shared/ui/enrol-form.tsx';
import { TroubleCard } from '../../shared/ui/trouble-card.tsx';
import { PriceCheckScreen } from '../features/price-check/price-check.screen.tsx';
import { useKiosk, useWords } from './kiosk-context.ts';
import { WaitingScreen } from './waiting-screen.tsx';

const REVOKED = { code: 'EN-03', values: {}, actions: ['retry'] } as const;

export function KioskApp(props: { readonly isDemoServer: () => Promise<boolean> }): JSX.Element {
  const { workstation } = useKiosk();
  const words = useWords();
  const status = workstation.status.value;
  const trouble = status.enrolment === 'revoked' ? REVOKED : status.troubles.find((one) => one.blocksSelling);
  if (trouble !== undefined) {
    return (
      <TroubleCard
        trouble={trouble}
        isBusy={false}
        onAction={(action) =>
          action === 'reload' ? location.reload() : void workstation.resolveTrouble(trouble.code, action)
        }
      />
    );
  }
  if (status.enrolment === 'checking') return <WaitingScreen />;
  if (status.enrolment === 'not-enrolled') {
    return (
      <EnrolForm
        enroller={workstation}
        isDemoServer={props.isDemoServer}
        suggestedName={words.t('kiosk.name-suggestion')}
        troubles={status.troubles.filter(({ code }) => code === 'EN-02')}
      />
    );
  }
  return workstation.settings.value === null ? <WaitingScreen /> : <PriceCheckScreen />;
}
