// Choices for this device, and the plain truth about it: what waits to be sent, what the storage holds, which
// versions run. Nothing here changes money.

import { LogOut, Printer } from 'lucide';
import type { JSX } from 'preact';
import { checkPermission, hasPermission } from '../../../shared/domain/permissions.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { SPOKEN_LANGUAGES, THEMES, isSpoken, type Theme } from '../../../shared/ui/preferences.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { lazily } from '../../shell/lazily.tsx';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';
import { Diagnostics } from './diagnostics.tsx';
import { Notices } from './notices.tsx';
import { PrintQueue } from './print-queue.tsx';
import { LineDisplayChoice } from './line-display-choice.tsx';
import { ScaleChoice } from './scale-choice.tsx';
import { TerminalChoice } from './terminal-choice.tsx';
import { ReceiptTools } from './receipt-tools.tsx';

const ShopSettings = lazily(async () => (await import('./shop-settings.tsx')).ShopSettings);

const LANGUAGE_NAMES = { en: 'English', fa: 'فارسی' } as const;

export function SettingsSheet(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const close = () => {
    pos.overlay.value = 'none';
  };
  const preferences = pos.preferences.value;
  const operator = pos.workstation.operator.value;
  const isManager = operator !== null && hasPermission(operator, 'manage-settings');
  const language = isSpoken(words.language) ? words.language : 'en';
  return (
    <Dialog
      testId="settings"
      kind="sheet"
      title={words.t('settings.title')}
      closeLabel={words.t('common.close')}
      onClose={close}
    >
      <div class="settings">
        <section>
          <h3>{words.t('settings.language')}</h3>
          <Segmented
            testId="language"
            label={words.t('settings.language')}
            value={language}
            options={SPOKEN_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
            onChoose={(chosen) => pos.choosePreferences({ language: chosen })}
          />
        </section>
        <section>
          <h3>{words.t('settings.theme')}</h3>
          <Segmented<Theme>
            testId="theme"
            label={words.t('settings.theme')}
            value={preferences.theme}
            options={THEMES.map((value) => ({ value, label: words.t(`settings.theme-${value}`) }))}
            onChoose={(theme) => pos.choosePreferences({ theme })}
          />
        </section>
        <section>
          <h3>{words.t('settings.sound')}</h3>
          <Segmented
            testId="sound"
            label={words.t('settings.sound')}
            value={preferences.isSoundOn ? 'on' : 'off'}
            options={[
              { value: 'on', label: words.t('settings.sound-on') },
              { value: 'off', label: words.t('settings.sound-off') },
            ]}
            onChoose={(sound) => pos.choosePreferences({ isSoundOn: sound === 'on' })}
          />
        </section>
        <PrinterChoice />
        <TerminalChoice />
        <ScaleChoice />
        <LineDisplayChoice />
        <ReceiptTools />
        {isManager && <ShopSettings />}
        <PrintQueue />
        <Diagnostics />
        <Notices />
        {operator !== null && (
          <Button
            testId="sign-off"
            icon={LogOut}
            iconMirrors
            onPress={() => {
              close();
              void pos.workstation.signOff('signed-off').then(pos.report);
            }}
          >
            {words.t('settings.sign-off')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function PrinterChoice(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const printers = pos.devices.printers.value;
  // Nobody has chosen yet: a store with one printer means that one.
  const usual = printers.length === 1 ? printers[0]?.id : undefined;
  const chosen = pos.preferences.value.printer ?? usual ?? 'none';
  const choice = (value: string, label: string) => (
    <li key={value}>
      <label class="choice">
        <input
          type="radio"
          name="printer"
          data-testid={`printer-${value}`}
          checked={chosen === value}
          onChange={() => pos.choosePreferences({ printer: value })}
        />
        <bdi>{label}</bdi>
      </label>
    </li>
  );
  return (
    <section>
      <h3>{words.t('settings.printer')}</h3>
      <ul class="choice-list" role="radiogroup" aria-label={words.t('settings.printer')}>
        {printers.map((printer) => choice(printer.id, printer.name))}
        {choice('screen', words.t('settings.printer-screen'))}
        {choice('browser', words.t('settings.printer-browser'))}
        {choice('none', words.t('settings.printer-none'))}
      </ul>
      <Button testId="open-devices" icon={Printer} onPress={() => openDevices(pos)}>
        {words.t('settings.devices')}
      </Button>
    </section>
  );
}

function openDevices(pos: PosContext): void {
  if (pos.report(checkPermission(pos.workstation.operator.value, 'manage-devices')))
    pos.overlay.value = 'devices';
}
