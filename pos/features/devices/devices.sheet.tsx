// Printers and scanners of this till: how each is, what to do about it, and the way to set one up. Only for people who may
// manage devices.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PrinterSetup } from '../../../shared/devices/device-ports.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { DeviceWords, useFetchedWords } from './device-words.ts';
import { PrinterList } from './printer-list.tsx';
import { PrinterWizard } from './printer-wizard.tsx';
import { ScannerList } from './scanner-list.tsx';
import { ScannerWizard } from './scanner-wizard.tsx';
import { WedgeForm } from './wedge-form.tsx';

type Shown =
  | { readonly kind: 'list' }
  | { readonly kind: 'printer'; readonly setup: PrinterSetup | null }
  | { readonly kind: 'scanner' };

export function DevicesSheet(): JSX.Element | null {
  const pos = usePos();
  const words = useFetchedWords();
  const [shown, setShown] = useState<Shown>({ kind: 'list' });
  const toList = () => setShown({ kind: 'list' });
  if (words === null) return null;
  return (
    <DeviceWords value={words}>
      <Dialog
        testId="devices"
        kind="sheet"
        title={words.t('devices.title')}
        closeLabel={words.t('common.close')}
        onClose={() => {
          if (shown.kind === 'list') pos.overlay.value = 'none';
          else toList();
        }}
      >
        {shown.kind === 'list' && (
          <div class="settings devices">
            <PrinterList
              onAdd={() => setShown({ kind: 'printer', setup: null })}
              onChange={(setup) => setShown({ kind: 'printer', setup })}
            />
            <ScannerList onAdd={() => setShown({ kind: 'scanner' })} />
            <WedgeForm />
          </div>
        )}
        {shown.kind === 'printer' && <PrinterWizard before={shown.setup} onDone={toList} />}
        {shown.kind === 'scanner' && <ScannerWizard onDone={toList} />}
      </Dialog>
    </DeviceWords>
  );
}
