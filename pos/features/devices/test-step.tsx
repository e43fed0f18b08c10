// The proof on paper: a test page and the drawer, and what the printer says of itself.

import { Inbox, Printer, RefreshCw } from 'lucide';
import type { JSX } from 'preact';
import type { PrinterSetup } from '../../../shared/devices/device-ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { DeviceState } from './device-state.tsx';
import { useDeviceWords } from './device-words.ts';
import { useTesting } from './use-testing.ts';

export function TestStep({ setup }: { readonly setup: PrinterSetup }): JSX.Element {
  const { devices } = usePos();
  const words = useDeviceWords();
  const testing = useTesting(setup);
  return (
    <>
      <p>{words.t('devices.test-hint')}</p>
      <div class="button-row">
        <Button
          testId="wizard-test"
          look="primary"
          icon={Printer}
          isDisabled={testing.isBusy}
          onPress={testing.printPage}
        >
          {words.t('devices.test')}
        </Button>
        {setup.drawerPin !== null && (
          <Button
            testId="wizard-drawer"
            icon={Inbox}
            isDisabled={testing.isBusy}
            onPress={testing.openDrawer}
          >
            {words.t('devices.drawer')}
          </Button>
        )}
        <Button testId="wizard-check" icon={RefreshCw} isDisabled={testing.isBusy} onPress={testing.check}>
          {words.t('devices.check')}
        </Button>
      </div>
      <DeviceState testId="wizard-health" health={devices.health.value.get(setup.id) ?? 'unknown'} />
      {testing.proof !== undefined && (
        <p data-testid="wizard-proof" data-proof={testing.proof}>
          {words.t(testing.proof === 'on-paper' ? 'devices.proof-on-paper' : 'devices.proof-sent')}
        </p>
      )}
      <p class="soft">{words.t('devices.test-wrong')}</p>
    </>
  );
}
