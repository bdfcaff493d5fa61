/** What the shells are given: each asks `tnp-pipe complete` for the words, and finds files by itself. */

const PROGRAMS =
  'tnp-pipe run-analysis fetch-datasets prepare-histograms merge-parquet get-unprocessed-partitions run-fitter'

const BASH = `_tnp_pipe() {
  local current=\${COMP_WORDS[COMP_CWORD]} program=\${COMP_WORDS[0]} line word ending
  COMPREPLY=()
  [ "$current" = "=" ] && current=
  case $program in */*) program=\${program%/*}/tnp-pipe ;; *) program=tnp-pipe ;; esac
  while IFS= read -r line; do
    case $line in
      :folders)
        compopt -o filenames
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current") ;;
      :files*)
        compopt -o filenames
        set -- \${line#:files}
        if [ $# = 0 ]; then
          while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
        else
          while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current")
          for ending; do
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -X "!*.$ending" -- "$current")
          done
        fi ;;
      *)
        word=\${line%%$'\\t'*}
        case $current in [\\'\\"]*) ;; *) printf -v word %q "$word" ;; esac
        COMPREPLY+=("$word") ;;
    esac
  done < <("$program" complete -- "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
}
complete -F _tnp_pipe ${PROGRAMS}
`

const ZSH = `#compdef ${PROGRAMS}
_tnp_pipe() {
  local program=$words[1] line
  local -a values
  case $program in */*) program=\${program:h}/tnp-pipe ;; *) program=tnp-pipe ;; esac
  for line in "\${(@f)$("$program" complete -- "\${(@)words[1,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :folders) _files -/ ;;
      :files) _files ;;
      :files\\ *) _files -g "*.(\${\${line#:files }// /|})" ;;
      *) values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#values )) && _describe -V tnp-pipe values
}
if [ "$funcstack[1]" = _tnp_pipe ]; then _tnp_pipe "$@"; else compdef _tnp_pipe ${PROGRAMS}; fi
`

const FISH = `function __tnp_pipe
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l program tnp-pipe
  string match -q '*/*' -- $words[1]; and set program (string replace -r '[^/]*$' tnp-pipe -- $words[1])
  for line in ($program complete -- $words "$current" 2>/dev/null)
    switch $line
      case ':folders'
        __fish_complete_directories "$current" ''
      case ':files'
        __fish_complete_path "$current"
      case ':files *'
        __fish_complete_directories "$current" ''
        set -l endings (string join '|' -- (string split ' ' -- $line)[2..-1])
        __fish_complete_path "$current" | string match -r ".*\\\\.(?:$endings)(?:\\t.*)?\\$"
      case '*'
        echo $line
    end
  end
end
for name in ${PROGRAMS}
  complete -c $name -f -a '(__tnp_pipe)'
end
`

export const COMPLETION_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const
export type ShellName = keyof typeof COMPLETION_SCRIPTS
