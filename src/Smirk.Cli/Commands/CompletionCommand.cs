using System.CommandLine;
using Smirk.Cli.Install;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk completion</c>: the script with which a shell completes smirk's command line.</summary>
internal static class CompletionCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell")
        {
            Description = "bash, zsh or fish",
            HelpName = "shell",
        };
        shell.CompletionSources.Add(CompletionScript.Shells);
        var command = new Command("completion", """
            Print the script that completes commands, options, workspaces and runs in a shell.

            The package installs it. Without the package, let the shell read it when it starts.

            Examples:
              smirk completion bash > ~/.local/share/bash-completion/completions/smirk
              smirk completion zsh > ~/.zfunc/_smirk      with fpath+=(~/.zfunc) before compinit
              smirk completion fish > ~/.config/fish/completions/smirk.fish
            """) { shell };
        command.SetRun((parsed, _, _) =>
        {
            var name = parsed.GetRequiredValue(shell);
            if (!CompletionScript.Shells.Contains(name))
                throw new UsageException($"There is no completion for '{name}'; take one of {string.Join(", ", CompletionScript.Shells)}.");
            Console.Out.Write(CompletionScript.For(name));
            return ExitCode.Done;
        });
        return command;
    }
}
