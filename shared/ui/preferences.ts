// What a person has chosen for this device: language, theme, printer. Kept in localStorage, so that the first
// paint already has it; a device that refuses storage simply forgets.

import { LANGUAGES, type Language } from '../domain/localized-text.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export type Preferences = {
  /** Null until somebody chooses: then the store's language or the browser's counts. */
  readonly language: Language | null;
  readonly theme: Theme;
  /** Id of a configured printer, 'browser', or null when nobody has chosen. */
  readonly printer: string | null;
  /** Id of the card terminal beside this till, or null when nobody has chosen. */
  readonly terminal: string | null;
  /** The scale on a serial line of this device, and how it speaks; null where there is none. */
  readonly scale: { readonly profile: ScaleSpeech; readonly port: string } | null;
  /** The customer's display of two lines: on a serial line, or at a configured printer's address. */
  readonly lineDisplay: { readonly kind: 'serial' | 'network'; readonly at: string } | null;
  readonly isSoundOn: boolean;
  /** A customer's screen on another device was paired with this till. */
  readonly hasRemoteDisplay: boolean;
};

const SCALE_SPEECHES = ['toledo-8217', 'adam', 'lines'] as const;
type ScaleSpeech = (typeof SCALE_SPEECHES)[number];

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const KEY = 'tillandsia.preferences';
const DEFAULTS: Preferences = {
  language: null,
  theme: 'system',
  printer: null,
  terminal: null,
  scale: null,
  lineDisplay: null,
  isSoundOn: true,
  hasRemoteDisplay: false,
};

/** Languages whose message files are complete. */
export const SPOKEN_LANGUAGES = ['en', 'fa'] as const satisfies readonly Language[];
export type SpokenLanguage = (typeof SPOKEN_LANGUAGES)[number];

export const isSpoken = (language: string | null): language is SpokenLanguage =>
  SPOKEN_LANGUAGES.some((known) => known === language);

/** Reads what was chosen; anything unreadable counts as not chosen. */
export function readPreferences(storage: Storage): Preferences {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return DEFAULTS;
    const read: Record<string, unknown> = { ...value };
    return {
      language: LANGUAGES.find((language) => language === read['language']) ?? null,
      theme: THEMES.find((theme) => theme === read['theme']) ?? 'system',
      printer: typeof read['printer'] === 'string' ? read['printer'] : null,
      terminal: typeof read['terminal'] === 'string' ? read['terminal'] : null,
      scale: scaleOf(read['scale']),
      lineDisplay: lineDisplayOf(read['lineDisplay']),
      isSoundOn: read['isSoundOn'] !== false,
      hasRemoteDisplay: read['hasRemoteDisplay'] === true,
    };
  } catch {
    return DEFAULTS;
  }
}

function scaleOf(value: unknown): Preferences['scale'] {
  if (typeof value !== 'object' || value === null || !('profile' in value) || !('port' in value)) return null;
  const profile = SCALE_SPEECHES.find((known) => known === value.profile);
  return profile === undefined || typeof value.port !== 'string' ? null : { profile, port: value.port };
}

function lineDisplayOf(value: unknown): Preferences['lineDisplay'] {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('at' in value)) return null;
  const { kind, at } = value;
  return (kind === 'serial' || kind === 'network') && typeof at === 'string' ? { kind, at } : null;
}

export function writePreferences(storage: Storage, preferences: Preferences): void {
  try {
    storage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A full or forbidden storage must not stop a till; the choice holds until the window is closed.
  }
}

/** The language to start with: chosen, else the first that the browser asks for and we speak, else English. */
export function languageToStart(preferences: Preferences, wanted: readonly string[]): SpokenLanguage {
  if (isSpoken(preferences.language)) return preferences.language;
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase();
    if (isSpoken(short)) return short;
  }
  return 'en';
}
