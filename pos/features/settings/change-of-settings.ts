// How the parts of the shop's settings ask for a change.

import type { SettingsChange } from '../../../shared/domain/settings-change.ts';

/** True when the server has done it; what was refused has been said by then. */
export type ChangeSettings = (change: SettingsChange) => Promise<boolean>;
