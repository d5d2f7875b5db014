namespace Smirk.Cli.Install;

/// <summary>The part of completion that runs in the shell: it asks the program (<see cref="Completer"/>) and shows the answer as the shell
/// does.</summary>
internal static class CompletionScript
{
    /// <summary>The shells there are scripts for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <summary>The script for <paramref name="shell"/>, one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new ArgumentException($"no completion for {shell}", nameof(shell)),
    };

    // Where one word is left it is inserted, so it stands alone; a list of several is only read, so each gets its meaning.
    private const string Bash = """
        # bash completion for smirk
        _smirk() {
            local line word kind=:files width=0 paths=0 typed=${COMP_WORDS[COMP_CWORD]} lines=() replies=()
            mapfile -t lines < <("$1" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
            COMPREPLY=()
            for line in "${lines[@]}"; do
                case $line in
                    :*) kind=$line ;;
                    *) replies+=("$line") word=${line%%$'\t'*}; (( ${#word} > width )) && width=${#word} ;;
                esac
            done
            case $kind in
                :files) mapfile -t COMPREPLY < <(compgen -f -- "$typed") ;;
                :folders) mapfile -t COMPREPLY < <(compgen -d -- "$typed") ;;
            esac
            paths=${#COMPREPLY[@]}
            if (( paths > 0 )); then
                compopt -o filenames
            fi
            for line in "${replies[@]}"; do
                word=${line%%$'\t'*}
                if (( ${#replies[@]} == 1 || paths > 0 || COMP_TYPE == 37 )) || [[ ${line#*$'\t'} == "" ]]; then
                    [[ " ${COMPREPLY[*]} " == *" $word "* ]] || COMPREPLY+=("$word")
                else
                    printf -v line '%-*s  (%s)' "$width" "$word" "${line#*$'\t'}"
                    COMPREPLY+=("${line:0:${COLUMNS:-80}}")
                fi
            done
        }
        complete -o nosort -F _smirk smirk

        """;

    private const string Zsh = """
        #compdef smirk
        # zsh completion for smirk
        _smirk() {
            local line kind=:files found=1
            local -a described
            for line in "${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
                case $line in
                    :*) kind=$line ;;
                    ?*) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
                esac
            done
            (( $#described )) && _describe -V 'smirk' described && found=0
            case $kind in
                :files) _files && found=0 ;;
                :folders) _files -/ && found=0 ;;
            esac
            return found
        }
        if [[ $funcstack[1] == _smirk ]]; then
            _smirk "$@"
        else
            compdef _smirk smirk
        fi

        """;

    private const string Fish = """
        # fish completion for smirk
        function __smirk_complete
            set -l words (commandline -opc)
            set -l typed (commandline -ct)
            for line in ($words[1] __complete $words[2..-1] "$typed" 2>/dev/null)
                switch $line
                    case :files
                        __fish_complete_path "$typed"
                    case :folders
                        __fish_complete_directories "$typed"
                    case ':*'
                    case '*'
                        echo $line
                end
            end
        end
        complete -c smirk -f -a '(__smirk_complete)'

        """;
}
