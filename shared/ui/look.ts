// Puts language, direction and theme on the document, where the style sheets read them.

import type { Theme } from './preferences.ts';
import type { Speech } from './speech.ts';

export function showLanguage(root: HTMLElement, speech: Speech): void {
  root.lang = speech.language;
  root.dir = speech.direction;
}

export function showTheme(root: HTMLElement, theme: Theme): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
