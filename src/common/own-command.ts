/** A command that runs a program as this one runs: by the same runtime, with its flags. @param program this one by default */
export function ownCommand(program = Bun.main): string[] {
  return [process.execPath, ...process.execArgv, program];
}
