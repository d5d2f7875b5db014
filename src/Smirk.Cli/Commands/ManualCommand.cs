using System.CommandLine;
using Smirk.Cli.Install;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk manual</c>: the pages that man shows.</summary>
internal static class ManualCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "gets a page per command; created if missing", HelpName = "FOLDER" };
        var command = new Command("manual", """
            Write the pages of the manual, for man to show.

            The package installs them: man smirk, man smirk-train.

            Example: smirk manual ~/.local/share/man/man1
            """) { folder };
        command.SetRun((parsed, screen, _) =>
        {
            var path = parsed.GetRequiredValue(folder);
            Directory.CreateDirectory(path);
            var root = CommandRunner.WithCommonOptions(Program.Root());
            foreach (var page in root.Subcommands.Prepend(root))
            {
                using var output = new StreamWriter(Path.Combine(path, $"{ManualPage.NameOf(page)}.1"));
                ManualPage.Write(page, root, output);
            }

            screen.Say($"manual: {root.Subcommands.Count + 1} pages in {path}");
            return ExitCode.Done;
        });
        return command;
    }
}
