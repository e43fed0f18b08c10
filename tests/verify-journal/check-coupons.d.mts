// Types of check-coupons.mjs, for the tests that call it; the program itself is plain JavaScript.

export type CouponBook = Map<string, unknown>;
export declare function newCoupons(): CouponBook;
export declare function couponFault(coupons: CouponBook, entry: unknown): string | null;
