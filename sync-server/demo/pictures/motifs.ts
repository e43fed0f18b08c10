// Flat drawings on a square of 96 units, one motif a line, shapes in painting order:
//
//   c colour x y r · e colour x y rx ry · r colour x y width height radius · p colour path · l colour width path
//
// Colours: t the item's own, d darker, s lighter, w white, k ink, g leaf green, n wood, m metal.

const TABLE = `
apple | e t 39 56 19 22; e t 57 56 19 22; e s 36 48 5 8; l n 4 M48 38q0-9 4-14; p g M52 30q8-13 20-9q-6 13-20 9z
bag | p t M28 26h40l6 54a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4z; r d 28 18 40 12 4; r w 32 44 32 24 6; c t 48 56 7; l d 3 M30 24h36
banana | p t M24 30q4 40 46 44q6-2 4-8q-28-6-38-40q-8-4-12 4z; l d 3 M30 32q8 32 40 38; r n 24 20 10 10 3
bar | r d 24 22 48 58 5; r t 28 26 40 50 3; l d 2 M48 26v50M28 42h40M28 59h40; p s M24 22h48v16q-12 6-24 0t-24 0z
basket | p t M20 42h56l-7 36a5 5 0 0 1-5 4H32a5 5 0 0 1-5-4z; l d 4 M30 42q0-24 18-24t18 24; l s 3 M25 54h46M27 66h42M40 44v36M56 44v36
bed | r n 14 26 8 52 3; r n 74 40 8 38 3; r s 22 40 20 12 5; r t 22 50 52 18 4; r d 22 62 52 8 2
belt | r t 12 42 72 13 5; r m 52 38 20 21 4; r t 57 43 10 11 2; c k 20 48 1.6; c k 28 48 1.6; c k 36 48 1.6; l m 3 M48 48h14
berry | p t M48 82q-26-18-24-38q8-14 24-6q16-8 24 6q2 20-24 38z; c s 38 52 2; c s 50 50 2; c s 58 58 2; c s 44 64 2; p g M48 38q-16 2-16-10q10 0 16 4q6-4 16-4q0 12-16 10z
blanket | r t 20 30 56 46 5; r d 20 52 56 24 5; l s 3 M20 40h56M20 46h56; l d 3 M26 76v7M36 76v7M48 76v7M60 76v7M70 76v7
blender | p s M32 16h32l-5 40H37z; p t M36 32h24l-3 24H39z; r d 34 56 28 22 4; c w 48 68 5; r k 32 12 32 6 3
board | r t 22 18 52 62 10; c w 48 28 5; l d 2 M32 42h32M32 52h32M32 62h32
boot | p t M30 18h26v34l20 12a8 8 0 0 1 4 8v4H30z; r d 28 74 54 8 3; l s 3 M34 30h18M34 38h18
bottle | p t M42 14h12v16q10 6 10 18v30a6 6 0 0 1-6 6H38a6 6 0 0 1-6-6V48q0-12 10-18z; r d 41 10 14 9 3; r w 34 50 28 20 2; c t 48 60 6
bowl | p t M16 44h64q0 34-26 36H42q-26-2-26-36z; e d 48 44 32 8; e s 48 44 26 5
bread | p t M18 50q0-24 30-24t30 24q0 8-6 10v14a4 4 0 0 1-4 4H28a4 4 0 0 1-4-4V60q-6-2-6-10z; l s 4 M36 34l8 12M48 32l8 12M60 34l6 10; l d 2 M24 60h48
cable | l t 6 M28 70q-10-30 14-30t12-20; l t 6 M54 20q4-8 14-4; r d 66 10 16 12 3; r d 20 66 18 14 3; r m 24 80 10 6 1; r m 82 13 6 6 1
camera | r t 24 22 48 40 20; c k 48 42 14; c m 48 42 8; c w 45 39 3; r d 34 66 28 8 4; r d 44 60 8 10 2
can | p t M28 26h40v46q0 8-20 8t-20-8z; e m 48 26 20 7; e s 48 26 14 4; r w 28 42 40 20 0; c t 48 52 6
candle | p d M34 70h28l6 12H28z; r t 42 44 12 28 3; r s 44 26 8 18 2; p o M48 12q8 8 0 14q-8-6 0-14z
carrot | p t M30 30q16-12 30 4L34 84q-6 2-6-4z; l d 2 M36 44l10 4M34 56l8 3M33 68l6 2; p g M46 28q-6-14 4-18q2 8 4 8q8-8 16-2q-4 8-10 8q6 4 4 8z
carton | p t M30 34l8-16h24l8 16v46H30z; p d M30 34l8-16h24l8 16z; r w 34 46 32 22 3; c t 50 57 7; r m 46 22 10 7 3
chair | r t 28 14 40 34 6; r d 26 48 44 10 4; r n 28 58 5 26 2; r n 63 58 5 26 2; l s 3 M38 20v22M48 20v22M58 20v22
charger | r t 32 34 32 46 7; r d 32 66 32 14 6; r m 40 20 5 14 1; r m 51 20 5 14 1; p w M50 40l-9 14h6l-2 12l10-15h-7z
cheese | p t M14 58L64 28q18 8 18 30z; r d 14 58 68 18 3; c s 56 48 5; c s 38 54 3; c s 34 67 4; c s 62 67 5
clock | c t 48 48 32; c w 48 48 25; l k 4 M48 32v17l11 7; c k 48 48 3; c d 48 27 2; c d 48 69 2; c d 27 48 2; c d 69 48 2
coat | p t M36 16h24l18 12-6 40h-8V46h-2v38H34V46h-2v22h-8l-6-40z; l d 3 M48 24v60; p d M36 16l12 16 12-16-6-2H42z; c s 43 48 2; c s 43 60 2; c s 43 72 2
croissant | p t M14 64q4-40 34-40t34 40q-8 10-16 0q-4-18-18-18t-18 18q-8 10-16 0z; l d 3 M30 36l8 14M48 26v20M66 36l-8 14
cucumber | p t M20 62q-4-10 6-18q24-20 44-16q10 4 6 14q-8 20-34 30q-14 4-22-10z; l s 2 M32 58q16-18 36-20M38 64q18-10 30-20; c d 74 32 3
cup | p t M28 32h40l-5 48a4 4 0 0 1-4 4H37a4 4 0 0 1-4-4z; r d 24 24 48 10 4; r w 33 46 30 20 3; c t 48 56 6
curtain | r n 10 14 76 6 3; p t M16 20h26q-2 40-22 62h-4z; p t M80 20H54q2 40 22 62h4z; l d 2 M24 22q0 30-6 54M33 22q-2 34-12 54M72 22q0 30 6 54M63 22q2 34 12 54
cushion | p t M20 26q28-8 56 0q8 22 0 46q-28 8-56 0q-8-22 0-46z; p s M30 36q18-5 36 0q5 14 0 28q-18 5-36 0q-5-14 0-28z; c d 48 50 3
dress | p t M36 14l4 10h16l4-10 8 4-6 24 16 40H18l16-40-6-24z; r d 34 38 28 6 2; l s 2 M40 50l-8 28M48 50v28M56 50l8 28
dryer | p t M16 28q0-10 12-10h28q20 0 20 18t-20 18H28q-12 0-12-10z; c d 58 36 12; c m 58 36 7; p d M46 54h16l-6 28a4 4 0 0 1-4 2h-6a4 4 0 0 1-4-6z
egg | e t 36 56 16 21; e s 60 52 16 21; e w 55 44 4 7; r d 16 70 64 12 4
fabric | r t 16 40 64 36 4; c d 22 40 10; c s 22 40 4; r t 22 30 58 20 3; l s 2 M34 56l10 8M50 56l10 8M66 56l8 8
fan | c m 48 38 27; c w 48 38 23; p t M48 38q-4-20 8-19q8 6-8 19zM48 38q20-4 19 8q-6 8-19-8zM48 38q4 20-8 19q-8-6 8-19zM48 38q-20 4-19-8q6-8 19 8z; c d 48 38 4; r d 45 64 6 12 0; r d 32 76 32 7 3
fish | p t M14 50q20-26 46-8l18-12q-4 18 0 36L60 56q-26 20-46-6z; c w 28 47 4; c k 28 47 2; l d 2 M40 42q6 8 0 16M50 42q4 8 0 14
frame | r t 20 16 56 64 4; r w 28 24 40 48 2; p s M28 66l14-20 10 12 6-8 10 16v6H28z; c o 56 36 5
glove | p t M30 82V50l-8-14q2-8 8-2l6 10V20q4-6 8 0v18-24q4-6 8 0v24-20q4-6 8 0v24-12q4-6 8 0v30q0 12-8 20z; r d 28 74 42 10 3
grapes | c t 38 42 9; c d 54 42 9; c t 66 46 9; c t 46 56 9; c d 60 60 9; c t 52 72 9; c s 36 39 3; l n 4 M52 34V20; p g M52 26q12-14 24-6q-8 12-24 6z
handbag | p t M18 42h60l5 38a4 4 0 0 1-4 4H17a4 4 0 0 1-4-4z; l d 5 M32 46q0-28 16-28t16 28; r d 40 54 16 8 3; c m 48 58 3
hat | p t M20 62q0-40 28-40t28 40z; r d 16 58 64 16 7; c s 48 20 7; l s 2 M36 34v22M48 30v26M60 34v22
headphones | l t 7 M20 58V50a28 28 0 0 1 56 0v8; r d 12 52 18 28 8; r d 66 52 18 28 8; r s 24 54 6 24 3; r s 66 54 6 24 3
hoodie | p t M34 22q14-12 28 0l16 10-4 38-9-2V44l-2 38H33l-2-38v24l-9 2-4-38z; p d M34 22q14-12 28 0q-4 14-14 16q-10-2-14-16z; r d 36 58 24 14 4; l w 2 M44 38v10M52 38v10
iron | p t M14 70q4-34 40-34h14l14 34z; p s M40 36q0-14 14-14h14a5 5 0 0 1 0 10H54q-4 0-4 4z; r d 12 70 72 8 3; c w 62 56 5
jar | p t M28 34q-4 4-4 10v32a6 6 0 0 0 6 6h36a6 6 0 0 0 6-6V44q0-6-4-10z; r d 26 18 44 14 4; r w 30 46 36 24 4; c t 48 58 8
kettle | p t M28 32h36l8 44a5 5 0 0 1-5 6H25a5 5 0 0 1-5-6z; p d M28 40L14 34l6 20 6 2z; l d 6 M64 36q20 2 12 32; r d 34 24 24 8 4; c d 46 20 4; e s 34 56 4 12
keyboard | r t 10 32 76 36 6; r s 16 38 8 6 1; r s 28 38 8 6 1; r s 40 38 8 6 1; r s 52 38 8 6 1; r s 64 38 16 6 1; r s 16 47 14 6 1; r s 34 47 8 6 1; r s 46 47 8 6 1; r s 58 47 22 6 1; r d 26 56 44 6 1
lamp | p t M34 14h28l14 34H20z; r n 45 48 6 26 0; r d 30 74 36 8 4; p s M34 14h10l-6 34H20z
laptop | r t 20 20 56 40 4; r k 25 25 46 30 2; p d M20 62h56l10 14H10z; r s 40 68 16 4 1; p s M25 25h20L32 55h-7z
leaf | p t M48 84q-36-14-30-50q12-2 20 6q0-16 10-24q10 8 10 24q8-8 20-6q6 36-30 50z; l s 3 M48 82V36M48 62L32 48M48 62l16-14
meat | p t M16 56q0-28 32-30q34 0 32 26q-4 24-36 26q-28 0-28-22z; p s M28 54q2-16 22-17q20 0 19 14q-4 15-24 16q-16 0-17-13z; e w 42 52 9 6; l w 3 M56 58q8 0 10-8
melon | c t 48 50 32; l d 4 M34 22q-12 28 0 56M48 18v64M62 22q12 28 0 56; l n 4 M48 18q0-6 6-8
monitor | r t 12 18 72 48 5; r k 18 24 60 36 2; p s M18 24h30L34 60H18z; r d 42 66 12 12 0; r d 30 76 36 6 3
mouse | r t 30 18 36 60 18; l d 3 M48 18v22M30 42h36; r d 45 26 6 12 3
mug | r t 20 26 44 54 8; l t 7 M64 38h6q10 0 10 12t-10 14h-6; e d 42 28 22 6; e n 42 28 17 4; c s 40 56 8
mushroom | p s M38 48h20l4 26q-2 8-14 8t-14-8z; p t M14 50q4-32 34-32t34 32q-34 10-68 0z; c s 36 34 4; c s 54 30 3; c s 62 42 4
onion | p t M48 22q6 12 20 20q12 10 6 26q-8 14-26 14t-26-14q-6-16 6-26q14-8 20-20z; l d 2 M48 30q-18 22-8 50M48 30q18 22 8 50; l g 4 M48 26l-4-14M48 26l6-12
orange | c t 48 52 30; e s 38 42 7 5; c d 60 62 1.5; c d 52 70 1.5; c d 42 62 1.5; c d 64 50 1.5; p g M48 24q8-14 22-8q-6 12-22 8z
pack | p t M22 30l26-10 26 10v44l-26 10-26-10z; p d M48 40l26-10v44l-26 10z; p s M22 30l26-10 26 10-26 10z; p w M28 46l14 5v16l-14-5z
pan | e d 40 54 30 22; e t 40 50 30 22; e k 40 50 23 16; p n M66 40l22-16 5 7-22 18z; e m 34 46 8 4
pendant | l k 3 M48 8v24; p t M48 30q28 4 32 32H16q4-28 32-32z; e s 48 62 32 6; c o 48 66 8
phone | r k 28 12 40 72 7; r t 32 20 32 54 2; p s M32 20h18L32 58z; c w 48 79 2.5
plate | e d 48 52 36 30; e t 48 50 36 30; e s 48 50 24 19; e t 48 50 21 16
potato | p t M22 40q8-20 30-16q24 4 26 24t-18 30q-22 8-36-6q-12-14-2-32z; c d 40 42 2; c d 56 38 2; c d 60 58 2; c d 38 62 2; e s 42 34 8 3
router | r t 14 50 68 26 6; r d 20 20 5 32 2; r d 71 20 5 32 2; c g 26 64 3; c s 36 64 3; c s 46 64 3; l d 3 M38 40q10-10 20 0M43 46q5-5 10 0
rug | r t 14 26 68 46 2; r s 22 33 52 32 2; p d M48 36l20 13-20 13-20-13z; l d 2 M18 26v-6M28 26v-6M38 26v-6M48 26v-6M58 26v-6M68 26v-6M78 26v-6M18 72v6M28 72v6M38 72v6M48 72v6M58 72v6M68 72v6M78 72v6
scarf | p t M28 18h40q8 8 0 18H28q-8-10 0-18z; p d M34 36h16l4 46H32z; p t M50 36h14l6 38H54z; l s 3 M34 66h18M33 74h20
shelf | r t 18 12 60 72 3; r w 24 18 48 16 1; r w 24 40 48 16 1; r w 24 62 48 16 1; r d 28 22 5 12 0; r s 35 20 6 14 0; r n 43 24 5 10 0; r d 56 46 12 10 2; r s 30 68 14 10 2
shirt | p t M36 16h24l18 14-8 16-8-5v42H34V41l-8 5-8-16z; p s M36 16l12 14 12-14-4-2H40z; l d 2 M48 30v52; c d 44 44 1.6; c d 44 56 1.6; c d 44 68 1.6
shoe | p t M12 42q10 6 22-8l28 20q20 2 22 16H14q-4-14-2-28z; r w 12 70 74 8 3; l s 3 M38 42l8-6M46 48l8-6M54 54l7-6
shorts | p t M26 24h44l8 50H54l-6-24-6 24H18z; r d 26 20 44 9 2; l d 2 M48 29v20
skirt | p t M34 26h28l18 52q-32 10-64 0z; r d 33 20 30 9 3; l s 2 M42 32l-10 46M48 32v48M54 32l10 46
sock | p t M36 14h24v36q0 8 8 14l8 6q8 10-4 14q-16 2-28-8q-8-8-8-22z; r d 34 14 28 10 3; p s M66 64l10 8q4 10-6 12q-8-8-4-20z
sofa | r t 20 28 56 30 9; r d 10 42 16 32 8; r d 70 42 16 32 8; r s 26 50 22 14 4; r s 48 50 22 14 4; r t 22 62 52 12 3; r n 18 74 6 8 2; r n 72 74 6 8 2
speaker | r t 26 12 44 72 10; c d 48 56 17; c m 48 56 10; c k 48 56 4; c d 48 28 8; c k 48 28 3
spice | r t 34 32 28 50 6; r d 32 16 32 18 5; c w 42 24 2; c w 54 24 2; c w 48 28 2; r w 36 46 24 22 3; c t 48 57 6
stick | r t 34 34 28 48 5; r m 38 16 20 18 2; r k 42 22 4 6 0; r k 50 22 4 6 0; c s 48 72 4
sweater | p t M34 20h28l16 14-6 36-10-2V48l-2 34H36l-2-34v20l-10 2-6-36z; p d M36 20q12 12 24 0v-4H36z; l s 3 M36 50h24M36 58h24; r d 36 76 24 7 2
table | r t 10 34 76 10 4; r d 18 44 7 38 2; r d 71 44 7 38 2; p s M42 34q-2-16 6-18q8 2 6 18z
tie | p t M40 14h16l-4 12 10 42-14 16-14-16 10-42z; l s 3 M42 44l14-6M39 56l20-8M38 68l24-10; p d M40 14h16l-4 12h-8z
toaster | r t 14 36 68 40 10; r d 14 66 68 12 4; r n 28 18 18 20 5; r n 52 18 18 20 5; r m 26 34 46 5 2; c w 72 54 4
tomato | e t 48 54 32 28; e s 36 44 7 5; p g M48 34q-16 6-20-4q10-4 16-2l2-12h6l0 12q8-2 16 2q-6 10-20 4z
trousers | p t M30 14h36l6 68H54l-6-44-6 44H24z; r d 30 14 36 8 2; l d 2 M48 22v16; l s 2 M36 28q-2 6-6 6M60 28q2 6 6 6
tshirt | p t M36 18q12 10 24 0l20 12-8 16-10-5v41H34V41l-10 5-8-16z; p s M36 18q12 10 24 0l-3-2q-9 6-18 0z; l d 2 M34 41v40M62 41v40
vacuum | c t 36 62 20; c d 36 62 9; c m 36 62 4; l k 5 M44 46q4-30 24-30t10 30l-2 26; r d 66 72 22 10 3; c k 24 80 5; c k 46 80 5
vase | p t M38 26h20q-4 10 6 20q12 26-4 38H36q-16-12-4-38q10-10 6-20z; r d 36 20 24 8 4; l g 3 M48 20q-2-8-12-12M48 20V6M48 20q2-8 12-10; e s 40 58 4 12
vest | p t M34 14l14 20 14-20 10 4-4 22q2 4 4 6v36H24V46q2-2 4-6l-4-22z; l d 2 M48 36v46; c s 44 48 2; c s 44 58 2; c s 44 68 2; r d 54 62 12 3 1
watch | r d 38 8 20 80 5; c t 48 48 22; c k 48 48 17; l w 3 M48 38v10l8 5; r m 70 45 5 7 2
`;

export type MotifShape = { readonly kind: string; readonly paint: string; readonly rest: string };

/** Every motif by name, as shapes in painting order. */
export const MOTIFS: ReadonlyMap<string, readonly MotifShape[]> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [name = '', shapes = ''] = line.split('|').map((cell) => cell.trim());
      return [name, shapes.split('; ').map(readShape)] as const;
    }),
);

function readShape(text: string): MotifShape {
  const parts = /^([celpr]) (\w) (.+)$/.exec(text.trim());
  const [, kind, paint, rest] = parts ?? [];
  if (kind === undefined || paint === undefined || rest === undefined) throw new Error(`no shape: ${text}`);
  return { kind, paint, rest };
}
