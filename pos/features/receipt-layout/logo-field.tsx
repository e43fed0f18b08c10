// The shop's picture: chosen from a file, in one of three widths, shown as the dots that paper gets.

import { ImagePlus, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Picture } from '../../../shared/domain/picture.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { PictureView } from '../../../shared/ui/picture-view.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { readLogo } from './read-logo.ts';

const WIDTHS = { small: 160, medium: 256, large: 384 } as const;
type Size = keyof typeof WIDTHS;

export function LogoField(props: {
  readonly logo: Picture | undefined;
  readonly onChange: (logo: Picture | undefined) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [size, setSize] = useState<Size>('medium');
  const read = async (chosen: File, wanted: Size) => {
    const logo = await readLogo(chosen, WIDTHS[wanted]);
    if (!pos.report(logo) || !logo.ok) return;
    setFile(chosen);
    setSize(wanted);
    props.onChange(logo.value);
  };
  return (
    <section class="layout-part">
      <h3>{words.t('layout.logo')}</h3>
      <p class="soft">{words.t('layout.logo-more')}</p>
      {props.logo !== undefined && (
        <div class="layout-logo" data-testid="layout-logo">
          <PictureView picture={props.logo} label={words.t('layout.logo')} />
        </div>
      )}
      <input
        ref={chooser}
        class="visually-hidden"
        tabIndex={-1}
        type="file"
        accept="image/*"
        aria-label={words.t('layout.logo-choose')}
        data-testid="layout-logo-file"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (chosen !== undefined) void read(chosen, size);
        }}
      />
      {file !== null && (
        <Segmented<Size>
          testId="layout-logo-size"
          label={words.t('layout.logo-size')}
          value={size}
          options={(['small', 'medium', 'large'] as const).map((value) => ({
            value,
            label: words.t(`layout.logo-${value}`),
          }))}
          onChoose={(wanted) => void read(file, wanted)}
        />
      )}
      <div class="button-row">
        <Button testId="layout-logo-choose" icon={ImagePlus} onPress={() => chooser.current?.click()}>
          {words.t('layout.logo-choose')}
        </Button>
        {props.logo !== undefined && (
          <Button
            testId="layout-logo-remove"
            look="quiet"
            icon={Trash2}
            onPress={() => {
              setFile(null);
              props.onChange(undefined);
            }}
          >
            {words.t('layout.logo-remove')}
          </Button>
        )}
      </div>
    </section>
  );
}
