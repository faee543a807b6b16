declare module '*.css' {
  /** Only with `{ type: 'text' }`; the pages import sheets for their effect. */
  const content: string;
  // oxlint-disable-next-line import/no-default-export
  export default content;
}
