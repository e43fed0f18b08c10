// How a device is, in a word, and what to do about it, in a sentence.

import type { JSX } from 'preact';
import type { DeviceHealth } from '../../../shared/devices/device-ports.ts';
import { healthTone } from '../../shell/health-tone.ts';
import { useDeviceWords } from './device-words.ts';

export function DeviceState(props: { readonly testId: string; readonly health: DeviceHealth }): JSX.Element {
  const words = useDeviceWords();
  const { health } = props;
  return (
    <p class="device-state" data-testid={props.testId} data-health={health}>
      <span class="device-health" data-tone={healthTone(health)}>
        {words.t(`health.${health}`)}
      </span>
      {health !== 'ready' && <span class="soft">{words.t(`devices.do-${health}`)}</span>}
    </p>
  );
}
