// WebHID without USB: a scanner in HID POS mode with the report that such scanners describe, cut into reports as they cut it.

const REPORT_ID = 2;
const DATA_BYTES = 56;
const PAGE = 0x8c << 16;

const item = (usages: number[], reportSize: number, reportCount: number): HIDReportItem => ({
  usages: usages.map((usage) => PAGE | usage),
  reportSize,
  reportCount,
  isRange: false,
});

/** AIM prefix, data up to a zero byte, and a flag that more comes. */
const COLLECTION: HIDCollectionInfo = {
  usagePage: 0x8c,
  usage: 0x02,
  inputReports: [
    {
      reportId: REPORT_ID,
      items: [item([0xfb, 0xfc, 0xfd], 8, 3), item([0xfe], 8, DATA_BYTES), item([0xff], 1, 1)],
    },
  ],
  children: [],
};

export class FakeHidDevice extends EventTarget {
  readonly vendorId = 0x05e0;
  readonly productId = 0x1900;
  readonly productName = 'Fake scanner';
  readonly collections: readonly HIDCollectionInfo[] = [COLLECTION];
  opened = false;
  isPluggedIn = true;

  open(): Promise<void> {
    this.opened = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.opened = false;
    return Promise.resolve();
  }

  sendFeatureReport(): Promise<void> {
    return Promise.resolve();
  }

  /** The trigger is pressed before a code. */
  scan(code: string, aim = ']E0'): void {
    const bytes = new TextEncoder().encode(code);
    for (let from = 0; from === 0 || from < bytes.length; from += DATA_BYTES) {
      const report = new Uint8Array(3 + DATA_BYTES + 1);
      report.set(new TextEncoder().encode(aim));
      report.set(bytes.subarray(from, from + DATA_BYTES), 3);
      report[3 + DATA_BYTES] = from + DATA_BYTES < bytes.length ? 1 : 0;
      const event = Object.assign(new Event('inputreport'), {
        reportId: REPORT_ID,
        data: new DataView(report.buffer),
      });
      this.dispatchEvent(event);
    }
  }
}
