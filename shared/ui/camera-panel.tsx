// Scanning with the camera: the picture with a frame to aim with, lamp and choice of camera where there are any, and a field
// for the number where the camera cannot help. Every code that counts is handed on; the panel stays until it is closed.

import { Flashlight, FlashlightOff, SwitchCamera } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Outcome } from '../domain/refusal.ts';
import { Button, IconButton } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import type { SharedKey } from './shared-keys.ts';
import { useSpeech } from './speech-context.tsx';
import { refusalText } from './trouble-text.ts';

const VIBRATION_MS = 60;

/** A camera that is looking. */
export type CameraPicture = {
  readonly hasTorch: boolean;
  setTorch(isOn: boolean): Promise<boolean>;
  readonly deviceId: string | null;
  stop(): void;
};

/** What the panel needs of a camera. */
export type CameraFeed = {
  open(
    video: HTMLVideoElement,
    asked: {
      readonly deviceId?: string;
      readonly onScan: (event: { readonly code: string }) => void;
      readonly onStop: (reason: 'unplugged' | 'idle' | 'no-decoder') => void;
    },
  ): Promise<Outcome<CameraPicture>>;
  devices(): Promise<readonly { readonly id: string; readonly label: string }[]>;
};

type Trouble = { readonly text: string; readonly code: string };

export function CameraPanel(props: {
  readonly camera: CameraFeed;
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const words = useSpeech<SharedKey>();
  const video = useRef<HTMLVideoElement>(null);
  const [picture, setPicture] = useState<CameraPicture | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [devices, setDevices] = useState<readonly { readonly id: string }[]>([]);
  const [deviceId, setDeviceId] = useState<string | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const [lastCode, setLastCode] = useState('');
  const [typed, setTyped] = useState('');
  const newest = useRef(props.onCode);
  newest.current = props.onCode;
  const take = (code: string): void => {
    setLastCode(code);
    newest.current(code);
  };

  useEffect(() => {
    let session: CameraPicture | null = null;
    let isGone = false;
    const start = async (): Promise<void> => {
      if (video.current === null) return;
      const opened = await props.camera.open(video.current, {
        ...(deviceId !== undefined && { deviceId }),
        onScan: ({ code }) => {
          vibrate();
          take(code);
        },
        onStop: (reason) => {
          setPicture(null);
          setTrouble({ code: reason, text: words.t(`camera.${reason}`) });
        },
      });
      if (!opened.ok) {
        if (!isGone) setTrouble({ code: opened.reason, text: refusalText(words, opened, null) });
        return;
      }
      session = opened.value;
      if (isGone) {
        session.stop();
        return;
      }
      setTrouble(null);
      setPicture(session);
      setDevices(await props.camera.devices());
    };
    void start();
    return () => {
      isGone = true;
      session?.stop();
    };
  }, [deviceId, attempt]);

  return (
    <Dialog
      testId="camera"
      title={words.t('camera.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
    >
      <div
        class="camera"
        data-testid="camera-view"
        data-state={trouble?.code ?? (picture ? 'looking' : 'starting')}
      >
        <div class="camera-picture" hidden={trouble !== null}>
          <video ref={video} muted playsInline aria-label={words.t('camera.aim')} />
          <span class="camera-frame" aria-hidden="true" />
          {picture !== null && (
            <CameraKeys
              picture={picture}
              hasOthers={devices.length > 1}
              onOther={() => setDeviceId(nextOf(devices, picture.deviceId))}
            />
          )}
        </div>
        {trouble === null ? (
          <p class="soft" aria-live="polite" data-testid="camera-said" data-code={lastCode}>
            {lastCode === '' ? (
              words.t(picture === null ? 'camera.starting' : 'camera.aim')
            ) : (
              <bdi class="ltr">{lastCode}</bdi>
            )}
          </p>
        ) : (
          <div class="camera-trouble" role="alert" data-testid="camera-trouble" data-code={trouble.code}>
            <p>{trouble.text}</p>
            <Button testId="camera-again" onPress={() => setAttempt(attempt + 1)}>
              {words.t('camera.again')}
            </Button>
          </div>
        )}
        <form
          class="camera-typed"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') take(typed.trim());
            setTyped('');
          }}
        >
          <Field
            testId="camera-typed"
            label={words.t('camera.type')}
            value={typed}
            direction="ltr"
            maxLength={100}
            onInput={setTyped}
          />
          <Button testId="camera-take" type="submit" isDisabled={typed.trim() === ''}>
            {words.t('camera.take')}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}

function CameraKeys(props: {
  readonly picture: CameraPicture;
  readonly hasOthers: boolean;
  readonly onOther: () => void;
}): JSX.Element {
  const words = useSpeech<SharedKey>();
  const [isLampOn, setLampOn] = useState(false);
  const { picture } = props;
  return (
    <span class="camera-keys">
      {picture.hasTorch && (
        <IconButton
          testId="camera-torch"
          icon={isLampOn ? FlashlightOff : Flashlight}
          label={words.t(isLampOn ? 'camera.lamp-off' : 'camera.lamp-on')}
          onPress={() => {
            void picture.setTorch(!isLampOn).then((isDone) => {
              if (isDone) setLampOn(!isLampOn);
            });
          }}
        />
      )}
      {props.hasOthers && (
        <IconButton
          testId="camera-other"
          icon={SwitchCamera}
          label={words.t('camera.other')}
          onPress={props.onOther}
        />
      )}
    </span>
  );
}

function nextOf(devices: readonly { readonly id: string }[], current: string | null): string | undefined {
  const at = devices.findIndex(({ id }) => id === current);
  return devices[(at + 1) % devices.length]?.id;
}

/** Felt where the shop is loud. Not every browser has it. */
function vibrate(): void {
  if ('vibrate' in navigator) navigator.vibrate(VIBRATION_MS);
}
