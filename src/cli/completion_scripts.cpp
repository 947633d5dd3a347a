#include "dockerlite/cli/completion.hpp"

namespace dockerlite::cli {
namespace {

// In the scripts, @NAME@ is the program, @ID@ the same as a part of an identifier, @ASK@ the hidden command that has
// the candidates. Each script hands over the words up to the cursor and does what the directive in the last line says.

// Readline splits words at `=` and `:`, which our words may hold: they are put together again, and what readline takes
// for done is cut off the candidates. Needs nothing of the bash-completion package.
constexpr std::string_view kBash = R"SCRIPT(# bash completion for @NAME@
__@ID@_complete() {
  local rest=${COMP_LINE:0:COMP_POINT} word gap i words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    gap=${rest%%[![:space:]]*}
    rest=${rest#"$gap"}
    word=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)) || [[ $rest != "$word"* ]]; then word=$rest; fi
    rest=${rest#"$word"}
    if [[ -n $gap || $i -eq 0 ]]; then
      words+=("$word")
    else
      words[${#words[@]} - 1]+=$word
    fi
  done
  # Quotes and backslashes go; nothing on the line is expanded or run.
  local last=$((${#words[@]} - 1)) quoted=''
  [[ ${words[last]} == [\'\"]* ]] && quoted=1
  words=("${words[@]//[\'\"\\]/}")
  [[ ${words[0]} == \~/* ]] && words[0]=$HOME${words[0]:1}

  # An alias or another name asks the program that this script is for.
  local program=${words[0]} current=${words[last]} line
  [[ ${program##*/} == @NAME@ ]] || program=@NAME@
  local answer=()
  while IFS= read -r line; do answer+=("$line"); done < <("$program" @ASK@ "${words[@]:1}" 2>/dev/null)
  ((${#answer[@]} > 0)) || return
  local directive=${answer[${#answer[@]} - 1]#:}
  unset "answer[${#answer[@]} - 1]"
  ((directive & 1)) && return
  if [[ $(type -t compopt) == builtin ]]; then
    ((directive & 2)) && compopt -o nospace
    ((directive & 4)) && compopt +o default
  fi

  local flag='' taken='' text longest=0 names=() helps=()
  [[ $current == -*=* ]] && flag=${current%%=*}=
  [[ -z $quoted && $COMP_WORDBREAKS == *=* && $current == *=* ]] && taken=${current%"${current##*=}"}
  [[ -z $quoted && $COMP_WORDBREAKS == *:* && ${current#"$taken"} == *:* ]] && taken=${current%"${current##*:}"}
  for line in "${answer[@]}"; do
    text=$flag${line%%$'\t'*}
    [[ $text == "$current"* ]] || continue
    text=${text#"$taken"}
    names+=("$text")
    [[ $line == *$'\t'* ]] && helps+=("${line#*$'\t'}") || helps+=("")
    ((${#text} > longest)) && longest=${#text}
  done
  COMPREPLY=("${names[@]}")
  # Descriptions stand beside the candidates where these are only listed.
  if ((${#names[@]} > 1)) && [[ $COMP_TYPE != 37 && $COMP_TYPE != 42 ]]; then
    for i in "${!names[@]}"; do
      [[ -n ${helps[i]} ]] || continue
      printf -v line '%-*s  (%s)' "$longest" "${names[i]}" "${helps[i]}"
      COMPREPLY[i]=${line:0:${COLUMNS:-80}}
    done
  fi
}
complete -o default -F __@ID@_complete @NAME@
)SCRIPT";

constexpr std::string_view kZsh = R"SCRIPT(#compdef @NAME@
# zsh completion for @NAME@

_@NAME@() {
  local program=${(Q)words[1]} line directive
  [[ ${program:t} == @NAME@ ]] || program=@NAME@
  local -a before answer candidates space
  before=("${(@Q)words[2,CURRENT-1]}")
  answer=("${(@f)$($~program @ASK@ "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)}")
  directive=${answer[-1]#:}
  [[ $directive == <-> ]] || return 1
  ((directive & 1)) && return 1
  ((directive & 2)) && space=(-S '')
  answer[-1]=()
  [[ $PREFIX == -*=* ]] && compset -P 1 '*='
  for line in "${answer[@]}"; do
    [[ -n $line ]] || continue
    if [[ $line == *$'\t'* ]]; then
      candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    else
      candidates+=("${line//:/\\:}")
    fi
  done
  if ((${#candidates})) && _describe -t candidates candidate candidates "${space[@]}"; then
    return 0
  fi
  ((directive & 4)) && return 1
  _files
}

if [[ ${funcstack[1]} == _@NAME@ ]]; then
  _@NAME@ "$@"
else
  compdef _@NAME@ @NAME@
fi
)SCRIPT";

constexpr std::string_view kFish = R"SCRIPT(# fish completion for @NAME@

# Succeeds if there are candidates, or if nothing else is to be offered; leaves them in a variable.
function __@ID@_ask
    set -g __@ID@_candidates
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape)
    set -l program @NAME@
    if string match -q -- '*/@NAME@' $words[1]
        set program $words[1]
    end
    set -l answer ($program @ASK@ $words[2..-1] "$current" 2>/dev/null)
    test (count $answer) -gt 0; or return 0
    set -l directive (string replace -- ':' '' $answer[-1])
    set -e answer[-1]
    if test (math "$directive % 2") -eq 1
        return 0
    end
    set -l flag (string match -r -- '^-[^=]*=' $current)
    set -l found 1
    for line in $answer
        set -a __@ID@_candidates "$flag$line"
        test (string sub -l (string length -- "$current") -- "$flag$line") = "$current"; and set found 0
    end
    test $found -eq 0; and return 0
    # Without candidates, file names are offered unless the directive forbids them.
    set -g __@ID@_candidates
    test (math "floor($directive / 4) % 2") -eq 1
end

complete -c @NAME@ -e
complete -c @NAME@ -n __@ID@_ask -f -a '$__@ID@_candidates'
)SCRIPT";

constexpr std::string_view kPowerShell = R"SCRIPT(# PowerShell completion for @NAME@

Register-ArgumentCompleter -Native -CommandName '@NAME@' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @()
    $current = ''
    foreach ($element in $commandAst.CommandElements) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { break }
        $text = $extent.Text
        if ($extent.EndOffset -ge $cursorPosition) {
            $current = $text.Substring(0, $cursorPosition - $extent.StartOffset)
        } else {
            $words += $text.Trim('"', "'")
        }
    }
    $program = if ($words.Count -gt 0) { $words[0] } else { '@NAME@' }
    $arguments = @($words | Select-Object -Skip 1)
    # Older versions drop an empty argument of a native program unless it is quoted.
    $last = $current.Trim('"', "'")
    if ($last -eq '' -and $PSNativeCommandArgumentPassing -notin @('Standard', 'Windows')) { $last = '""' }

    $answer = @(& $program '@ASK@' @arguments $last 2>$null)
    if ($answer.Count -eq 0) { return }
    $directive = [int]($answer[-1].TrimStart(':'))
    if ($directive -band 1) { return }
    $flag = if ($current -match '^-[^=]*=') { $Matches[0] } else { '' }
    $space = if ($directive -band 2) { '' } else { ' ' }

    $found = @($answer | Select-Object -SkipLast 1 | ForEach-Object {
        $name, $help = $_ -split "`t", 2
        $text = "$flag$name"
        if ($text.StartsWith($current, [StringComparison]::Ordinal)) {
            if (-not $help) { $help = $name }
            [System.Management.Automation.CompletionResult]::new("$text$space", $name, 'ParameterValue', $help)
        }
    })
    if ($found.Count -gt 0) { return $found }
    # An empty result keeps PowerShell from offering file names.
    if ($directive -band 4) { '' }
}
)SCRIPT";

/// A shell's identifiers take fewer characters than a file name.
std::string identifier(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return out;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell, std::string_view name, bool descriptions) {
  std::string_view text;
  if (shell == "bash")
    text = kBash;
  else if (shell == "zsh")
    text = kZsh;
  else if (shell == "fish")
    text = kFish;
  else if (shell == "powershell")
    text = kPowerShell;
  else
    return std::nullopt;
  std::string out = util::replace_all(text, "@NAME@", name);
  out = util::replace_all(out, "@ID@", identifier(name));
  return util::replace_all(out, "@ASK@", descriptions ? "__complete" : "__completeNoDesc");
}

}  // namespace dockerlite::cli
