// What a screen may ask about settings of the shop (a part of runtime.ts).

import type { Outcome } from '../domain/refusal.ts';
import type { SettingsChange } from '../domain/settings-change.ts';

export type SettingsCommands = {
  /**
   * Refuses `not-signed-on`, `permission-missing`, `settings-need-server` without the server, `settings-answer-lost` when
   * nobody knows whether it was done, and what the server refuses.
   */
  changeSettings(change: SettingsChange): Promise<Outcome<null>>;
};
