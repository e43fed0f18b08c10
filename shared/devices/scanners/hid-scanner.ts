// A scanner in HID POS mode. Where in a report the code lies is read from the report's own description (usages of HID Point
// of Sale): the decoded data, its AIM prefix, and the flag that more of the code comes in the next report.
//
//   report ─► AIM prefix │ data of so many bytes │ more to come? ── yes ─► keep   no ─► one scan

import type { ScanEvent } from '../ports.ts';

const BAR_CODE_SCANNER_PAGE = 0x8c;
const SCANNER_USAGE = 0x02;
const DECODED_DATA = 0xfe;
const AIM_PREFIX = [0xfb, 0xfc, 0xfd] as const;
const CONTINUED = 0xff;
const LENGTH_MAX = 4_096;

export const HID_SCANNER_FILTER: HIDDeviceFilter = { usagePage: BAR_CODE_SCANNER_PAGE, usage: SCANNER_USAGE };

/** These makers stay in keyboard mode until they are told otherwise. */
const TOLD_TO_SCAN: ReadonlySet<number> = new Set([0x0c2e, 0x23d0]);
const SCAN_REPORT = 254;

type Place = { readonly bit: number; readonly bits: number };
/** Where the parts of a code lie in a report. */
export type ReportShape = {
  readonly data: Place;
  readonly aim: readonly Place[];
  readonly continued: Place | null;
  readonly length: Place | null;
};

/** Opens the scanner and calls back with its codes until the returned function is called. Rejects where it cannot be opened. */
export async function openHidScanner(
  device: HIDDevice,
  onScan: (event: ScanEvent) => void,
): Promise<() => Promise<void>> {
  const shapes = shapesOf(device.collections);
  if (!device.opened) await device.open();
  // Told in vain is no harm: then the person has to scan the maker's code for HID POS mode.
  if (TOLD_TO_SCAN.has(device.vendorId))
    await device.sendFeatureReport(SCAN_REPORT, Uint8Array.of(1)).catch(() => undefined);
  let text = '';
  const onReport = (event: HIDInputReportEvent): void => {
    const shape = shapes.get(event.reportId);
    if (shape === undefined) return;
    const read = readReport(event.data, shape);
    text = (text + read.text).slice(0, LENGTH_MAX);
    if (read.isContinued) return;
    const code = text.replace(/[\r\n]+$/, '');
    text = '';
    if (code === '') return;
    const symbology = read.aim === null ? {} : { symbology: read.aim };
    onScan({ code, source: 'hid', atMs: event.timeStamp, ...symbology });
  };
  device.addEventListener('inputreport', onReport);
  return async () => {
    device.removeEventListener('inputreport', onReport);
    await device.close().catch(() => undefined);
  };
}

/** One report's share of a code. */
export function readReport(
  data: DataView,
  shape: ReportShape,
): { readonly text: string; readonly aim: string | null; readonly isContinued: boolean } {
  const all = bytesAt(data, shape.data);
  const length = shape.length === null ? all.indexOf(0) : (bytesAt(data, shape.length)[0] ?? 0);
  const used = length < 0 ? all : all.slice(0, length);
  const aim = String.fromCharCode(...shape.aim.flatMap((place) => bytesAt(data, place)));
  return {
    text: new TextDecoder('utf-8').decode(Uint8Array.from(used)),
    aim: /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : null,
    isContinued: shape.continued !== null && bitAt(data, shape.continued.bit),
  };
}

/** The reports of a device that carry codes, by their ids. */
export function shapesOf(collections: readonly HIDCollectionInfo[]): ReadonlyMap<number, ReportShape> {
  const shapes = new Map<number, ReportShape>();
  for (const collection of collections) {
    for (const report of collection.inputReports ?? []) {
      const shape = shapeOf(report);
      if (shape !== null) shapes.set(report.reportId ?? 0, shape);
    }
    for (const [id, shape] of shapesOf(collection.children ?? [])) shapes.set(id, shape);
  }
  return shapes;
}

function shapeOf(report: HIDReportInfo): ReportShape | null {
  let bit = 0;
  let data: Place | null = null;
  let length: Place | null = null;
  let continued: Place | null = null;
  const aim: Place[] = [];
  for (const item of report.items ?? []) {
    const size = item.reportSize ?? 0;
    const count = item.reportCount ?? 0;
    const usages = usagesOf(item);
    if (usages.includes(DECODED_DATA)) data = { bit, bits: size * count };
    // The byte before the AIM prefix of some makers counts the data, under a usage of their own.
    else if (usages.length === 0 && size === 8 && count === 1 && bit === 0) length = { bit, bits: 8 };
    else if (usages.includes(CONTINUED))
      continued = { bit: bit + usages.indexOf(CONTINUED) * size, bits: size };
    else
      for (const [index, usage] of usages.entries())
        if (AIM_PREFIX.some((one) => one === usage)) aim.push({ bit: bit + index * size, bits: size });
    bit += size * count;
  }
  return data === null ? null : { data, aim, continued, length };
}

/** Without their page: all usages of these reports are of the scanner's. */
function usagesOf(item: HIDReportItem): readonly number[] {
  const { isRange = false, usageMinimum = 0, usageMaximum = 0, usages = [] } = item;
  if (!isRange) return usages.map((usage) => usage & 0xffff);
  const count = Math.min(256, Math.max(0, usageMaximum - usageMinimum + 1));
  return Array.from({ length: count }, (_, index) => (usageMinimum + index) & 0xffff);
}

function bytesAt(data: DataView, { bit, bits }: Place): number[] {
  const bytes: number[] = [];
  for (let at = bit / 8; at < (bit + bits) / 8 && at < data.byteLength; at += 1)
    bytes.push(data.getUint8(at));
  return bytes;
}

function bitAt(data: DataView, bit: number): boolean {
  const at = Math.floor(bit / 8);
  return at < data.byteLength && ((data.getUint8(at) >> (bit % 8)) & 1) === 1;
}
