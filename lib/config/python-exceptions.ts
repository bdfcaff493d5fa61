/** Python's built-in exceptions: runner files name them in `allow_read_errors_with_report`, and a name covers its subclasses.
 *  Table from Python 3.11, with the two that uproot adds. */
import { own } from '../core/own.js'

/** Exception -> its base class. */
const BASES: Readonly<Record<string, string>> = {
  ArithmeticError: 'Exception',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  BaseExceptionGroup: 'BaseException',
  BlockingIOError: 'OSError',
  BrokenPipeError: 'ConnectionError',
  BufferError: 'Exception',
  BytesWarning: 'Warning',
  ChildProcessError: 'OSError',
  ConnectionAbortedError: 'ConnectionError',
  ConnectionError: 'OSError',
  ConnectionRefusedError: 'ConnectionError',
  ConnectionResetError: 'ConnectionError',
  DeprecationWarning: 'Warning',
  EOFError: 'Exception',
  EncodingWarning: 'Warning',
  Exception: 'BaseException',
  ExceptionGroup: 'BaseExceptionGroup',
  FileExistsError: 'OSError',
  FileNotFoundError: 'OSError',
  FloatingPointError: 'ArithmeticError',
  FutureWarning: 'Warning',
  GeneratorExit: 'BaseException',
  ImportError: 'Exception',
  ImportWarning: 'Warning',
  IndentationError: 'SyntaxError',
  IndexError: 'LookupError',
  InterruptedError: 'OSError',
  IsADirectoryError: 'OSError',
  KeyError: 'LookupError',
  KeyboardInterrupt: 'BaseException',
  LookupError: 'Exception',
  MemoryError: 'Exception',
  ModuleNotFoundError: 'ImportError',
  NameError: 'Exception',
  NotADirectoryError: 'OSError',
  NotImplementedError: 'RuntimeError',
  OSError: 'Exception',
  OverflowError: 'ArithmeticError',
  PendingDeprecationWarning: 'Warning',
  PermissionError: 'OSError',
  ProcessLookupError: 'OSError',
  RecursionError: 'RuntimeError',
  ReferenceError: 'Exception',
  ResourceWarning: 'Warning',
  RuntimeError: 'Exception',
  RuntimeWarning: 'Warning',
  StopAsyncIteration: 'Exception',
  StopIteration: 'Exception',
  SyntaxError: 'Exception',
  SyntaxWarning: 'Warning',
  SystemError: 'Exception',
  SystemExit: 'BaseException',
  TabError: 'IndentationError',
  TimeoutError: 'OSError',
  TypeError: 'Exception',
  UnboundLocalError: 'NameError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  UnicodeError: 'ValueError',
  UnicodeTranslateError: 'UnicodeError',
  UnicodeWarning: 'Warning',
  UserWarning: 'Warning',
  ValueError: 'Exception',
  Warning: 'Exception',
  ZeroDivisionError: 'ArithmeticError',
}

/** Other names of OSError. */
const ALIASES: Readonly<Record<string, string>> = { EnvironmentError: 'OSError', IOError: 'OSError' }

/** Exceptions of uproot, which are no built-ins: runner files cannot name them. */
const UPROOT: Readonly<Record<string, string>> = { KeyInFileError: 'KeyError', DeserializationError: 'Exception' }

/** Names that a runner file may list. */
export const PYTHON_EXCEPTIONS: readonly string[] = [
  ...Object.keys(BASES),
  'BaseException',
  ...Object.keys(ALIASES),
].sort()

/** The base class of uproot's own exceptions, to hint at; undefined for other names. */
export function builtinBase(name: string): string | undefined {
  return Object.hasOwn(UPROOT, name) ? UPROOT[name] : undefined
}

/** Whether a read error is to be reported instead of ending the run. `allow` true covers every read error; a list covers the
 *  exceptions it names and their subclasses (OSError covers FileNotFoundError; LookupError and KeyError cover KeyInFileError). */
export function tolerates(allow: boolean | readonly string[], exception: string): boolean {
  if (typeof allow === 'boolean') return allow
  const named = new Set(allow.map(name => own(ALIASES, name) ?? name))
  for (let name: string | undefined = exception; name !== undefined; name = BASES[name] ?? UPROOT[name]) {
    if (named.has(name)) return true
  }
  return false
}
