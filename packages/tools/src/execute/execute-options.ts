import type { Redactor } from '../result/redact.ts'
import type { ToolResult } from '../result/tool-result.ts'

/** What bounds one call, and who hears of its end. */
export interface ExecuteOptions {
  /** milliseconds where the tool names none; 60 s */
  timeout?: number | undefined
  /** bytes of output that a message may hold; 32 KiB */
  cap?: number | undefined
  redact?: Redactor | undefined
  /**
   * Values that are told to nobody, whatever the tool gives or throws, and whatever is wrong with its arguments: as they
   * are, in JSON, in an address, in base64. Shorter ones than 8 characters are not looked for. A number whose text holds
   * one is told as that text; where the digits are written in another way (`0012` as 12), it is not found.
   */
  secrets?: readonly string[] | undefined
  /** told when a tool that was given up ends after all */
  onLate?: ((result: ToolResult) => void) | undefined
  /** milliseconds of a clock that only goes forward */
  now?: (() => number) | undefined
}
