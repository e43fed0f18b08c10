// Short tones made on the spot: a till is heard more than it is looked at. Good is high and short, bad is low and
// long, so that they differ in a loud shop. Browsers allow sound only after the first press or key.

export type Sounds = { good(): void; bad(): void; done(): void; ring(): void };

type Tone = { readonly hertz: number; readonly seconds: number; readonly delay?: number };

const TONES = {
  good: [{ hertz: 1320, seconds: 0.06 }],
  bad: [
    { hertz: 220, seconds: 0.18 },
    { hertz: 180, seconds: 0.28, delay: 0.2 },
  ],
  done: [
    { hertz: 880, seconds: 0.08 },
    { hertz: 1320, seconds: 0.12, delay: 0.09 },
  ],
  // Twice up and down: heard across a shop, and like nothing else that a till says.
  ring: [
    { hertz: 988, seconds: 0.12 },
    { hertz: 1319, seconds: 0.16, delay: 0.13 },
    { hertz: 988, seconds: 0.12, delay: 0.36 },
    { hertz: 1319, seconds: 0.2, delay: 0.49 },
  ],
} as const satisfies Record<string, readonly Tone[]>;

const LOUDNESS = 0.08;

export function createSounds(isOn: () => boolean): Sounds {
  let context: AudioContext | undefined;
  const play = (tones: readonly Tone[]): void => {
    if (!isOn() || typeof AudioContext === 'undefined') return;
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    for (const tone of tones) {
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      const from = context.currentTime + (tone.delay ?? 0);
      oscillator.frequency.value = tone.hertz;
      gain.gain.setValueAtTime(LOUDNESS, from);
      gain.gain.exponentialRampToValueAtTime(0.0001, from + tone.seconds);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + tone.seconds);
    }
  };
  // The screen comes first: a tone may start a moment after the line stands there.
  const soon = (tones: readonly Tone[]) => () => void setTimeout(() => play(tones));
  return {
    good: soon(TONES.good),
    bad: soon(TONES.bad),
    done: soon(TONES.done),
    ring: soon(TONES.ring),
  };
}
