/** The bundle copies it, and gives its path from the folder of the bundle. */
declare module '*.wasm' {
  const path: string;
  export default path;
}

/** What is used of it: TypeScript has it with all of the browser alone. */
declare namespace WebAssembly {
  interface Instance {
    readonly exports: Exports;
  }
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  type Exports = Readonly<Record<string, unknown>>;
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module, imports: Imports) => Instance;
}
