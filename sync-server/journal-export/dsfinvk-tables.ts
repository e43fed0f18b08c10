// The tables of DSFinV-K 2.3 (Digitale Schnittstelle der Finanzverwaltung für Kassensysteme, Bundeszentralamt für Steuern):
// names of files and columns as published there, and the index.xml that describes them (GDPdU description standard 1.1).
// `N` columns hold numbers with so many decimals, the others text.

export type DsfinvkTable = keyof typeof DSFINVK_TABLES;

const words = (text: string): readonly string[] => text.split(' ');

const KEY = ['Z_KASSE_ID', 'Z_ERSTELLUNG', 'Z_NR:0'] as const;
const RECEIPT = [...KEY, 'BON_ID'] as const;
const LINE = [...RECEIPT, 'POS_ZEILE'] as const;

export const DSFINVK_TABLES = {
  cashpointclosing: {
    title: 'Stamm_Abschluss',
    columns: [
      ...KEY,
      ...words('Z_BUCHUNGSTAG TAXONOMIE_VERSION Z_START_ID Z_ENDE_ID NAME STRASSE PLZ ORT'),
      ...words('LAND STNR USTID Z_SE_ZAHLUNGEN:2 Z_SE_BARZAHLUNGEN:2'),
    ],
  },
  location: {
    title: 'Stamm_Orte',
    columns: [...KEY, 'LOC_NAME', 'LOC_STRASSE', 'LOC_PLZ', 'LOC_ORT', 'LOC_LAND', 'LOC_USTID'],
  },
  cashregister: {
    title: 'Stamm_Kassen',
    columns: [
      ...KEY,
      ...words('KASSE_BRAND KASSE_MODELL KASSE_SERIENNR KASSE_SW_BRAND KASSE_SW_VERSION'),
      ...words('KASSE_BASISWAEH_CODE KEINE_UST_ZUORDNUNG'),
    ],
  },
  slaves: {
    title: 'Stamm_Terminals',
    columns: [
      ...KEY,
      ...words('TERMINAL_ID TERMINAL_BRAND TERMINAL_MODELL TERMINAL_SERIENNR TERMINAL_SW_BRAND'),
      'TERMINAL_SW_VERSION',
    ],
  },
  pa: {
    title: 'Stamm_Agenturen',
    columns: [
      ...KEY,
      ...words('AGENTUR_ID:0 AGENTUR_NAME AGENTUR_STRASSE AGENTUR_PLZ AGENTUR_ORT AGENTUR_LAND'),
      ...words('AGENTUR_STNR AGENTUR_USTID'),
    ],
  },
  vat: { title: 'Stamm_USt', columns: [...KEY, 'UST_SCHLUESSEL:0', 'UST_SATZ:2', 'UST_BESCHR'] },
  tse: {
    title: 'Stamm_TSE',
    columns: [
      ...KEY,
      ...words('TSE_ID:0 TSE_SERIAL TSE_SIG_ALGO TSE_ZEITFORMAT TSE_PD_ENCODING TSE_PUBLIC_KEY'),
      ...words('TSE_ZERTIFIKAT_I TSE_ZERTIFIKAT_II'),
    ],
  },
  businesscases: {
    title: 'Z_GV_TYP',
    columns: [
      ...KEY,
      ...words('GV_TYP GV_NAME AGENTUR_ID:0 UST_SCHLUESSEL:0 Z_UMS_BRUTTO:2 Z_UMS_NETTO:2 Z_UST:2'),
    ],
  },
  payment: { title: 'Z_Zahlart', columns: [...KEY, 'ZAHLART_TYP', 'ZAHLART_NAME', 'Z_ZAHLART_BETRAG:2'] },
  cash_per_currency: {
    title: 'Z_Waehrungen',
    columns: [...KEY, 'ZAHLART_WAEH', 'ZAHLART_BETRAG_WAEH:2'],
  },
  transactions: {
    title: 'Bonkopf',
    columns: [
      ...RECEIPT,
      ...words('BON_NR:0 BON_TYP BON_NAME TERMINAL_ID BON_STORNO BON_START BON_ENDE BEDIENER_ID'),
      ...words('BEDIENER_NAME UMS_BRUTTO:2 KUNDE_NAME KUNDE_ID KUNDE_TYP KUNDE_STRASSE KUNDE_PLZ'),
      ...words('KUNDE_ORT KUNDE_LAND KUNDE_USTID BON_NOTIZ'),
    ],
  },
  transactions_vat: {
    title: 'Bonkopf_USt',
    columns: [...RECEIPT, 'UST_SCHLUESSEL:0', 'BON_BRUTTO:2', 'BON_NETTO:2', 'BON_UST:2'],
  },
  allocation_groups: { title: 'Bonkopf_AbrKreis', columns: [...RECEIPT, 'ABRECHNUNGSKREIS'] },
  datapayment: {
    title: 'Bonkopf_Zahlarten',
    columns: [
      ...RECEIPT,
      ...words('ZAHLART_TYP ZAHLART_NAME ZAHLWAEH_CODE ZAHLWAEH_BETRAG:2 BASISWAEH_BETRAG:2'),
    ],
  },
  lines: {
    title: 'Bonpos',
    columns: [
      ...LINE,
      ...words('GUTSCHEIN_NR ARTIKELTEXT POS_TERMINAL_ID GV_TYP GV_NAME INHAUS P_STORNO'),
      ...words('AGENTUR_ID:0 ART_NR GTIN WARENGR_ID WARENGR MENGE:3 FAKTOR:3 EINHEIT STK_BR:5'),
    ],
  },
  lines_vat: {
    title: 'Bonpos_USt',
    columns: [...LINE, 'UST_SCHLUESSEL:0', 'POS_BRUTTO:2', 'POS_NETTO:2', 'POS_UST:2'],
  },
  itemamounts: {
    title: 'Bonpos_Preisfindung',
    columns: [...LINE, 'TYP', 'UST_SCHLUESSEL:0', 'PF_BRUTTO:2', 'PF_NETTO:2', 'PF_UST:2'],
  },
  subitems: {
    title: 'Bonpos_Zusatzinfo',
    columns: [
      ...LINE,
      ...words('ZI_ART_NR ZI_GTIN ZI_NAME ZI_WARENGR_ID ZI_WARENGR ZI_MENGE:3 ZI_FAKTOR:3'),
      ...words('ZI_EINHEIT ZI_UST_SCHLUESSEL:0 ZI_BASISPREIS_BRUTTO:5 ZI_BASISPREIS_NETTO:5'),
      'ZI_BASISPREIS_UST:5',
    ],
  },
  references: {
    title: 'Bon_Referenzen',
    columns: [...LINE, ...words('REF_TYP REF_NAME REF_DATUM REF_Z_KASSE_ID REF_Z_NR:0 REF_BON_ID')],
  },
  transactions_tse: {
    title: 'TSE_Transaktionen',
    columns: [
      ...RECEIPT,
      ...words('TSE_ID:0 TSE_TANR:0 TSE_TA_START TSE_TA_ENDE TSE_TA_VORGANGSART TSE_TA_SIGZ:0'),
      ...words('TSE_TA_SIG TSE_TA_FEHLER TSE_TA_VORGANGSDATEN'),
    ],
  },
} as const satisfies Record<string, { readonly title: string; readonly columns: readonly string[] }>;

/** Names of the columns of a table, in their order. */
export const columnNames = (table: DsfinvkTable): readonly string[] =>
  DSFINVK_TABLES[table].columns.map((column) => column.split(':')[0] ?? column);

/** index.xml: which file is which table, and what its columns hold. */
export function indexXml(supplier: { readonly name: string; readonly location: string }): string {
  const tables = Object.entries(DSFINVK_TABLES).map(([name, { title, columns }]) => {
    const described = columns.map((column) => {
      const [column_ = '', decimals] = column.split(':');
      const type =
        decimals === undefined
          ? '<AlphaNumeric/>'
          : `<Numeric>${decimals === '0' ? '' : `<Accuracy>${decimals}</Accuracy>`}</Numeric>`;
      return `          <VariableColumn><Name>${column_}</Name>${type}</VariableColumn>`;
    });
    return [
      '    <Table>',
      `      <URL>${name}.csv</URL>`,
      `      <Name>${name}.csv</Name>`,
      `      <Description>${title}</Description>`,
      '      <UTF8/>',
      '      <DecimalSymbol>,</DecimalSymbol>',
      '      <DigitGroupingSymbol>.</DigitGroupingSymbol>',
      '      <Range><From>2</From></Range>',
      '      <VariableLength>',
      '        <ColumnDelimiter>;</ColumnDelimiter>',
      '        <RecordDelimiter>&#13;&#10;</RecordDelimiter>',
      '        <TextEncapsulator>"</TextEncapsulator>',
      ...described.map((line) => line.slice(2)),
      '      </VariableLength>',
      '    </Table>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">',
    '<DataSet>',
    '  <Version>1.0</Version>',
    '  <DataSupplier>',
    `    <Name>${escaped(supplier.name)}</Name>`,
    `    <Location>${escaped(supplier.location)}</Location>`,
    '    <Comment>DSFinV-K 2.3</Comment>',
    '  </DataSupplier>',
    '  <Media>',
    '    <Name>DSFinV-K</Name>',
    ...tables,
    '  </Media>',
    '</DataSet>',
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
