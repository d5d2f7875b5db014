using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Doctor;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk doctor</c>: what this machine has, and what is missing.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--workspace", "-w")
        {
            Description = "check free disk space here",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("doctor", """
            Check that this machine has everything that Smirk needs.

            Example: smirk doctor
            """) { folder };
        command.SetRun((parsed, screen, _) =>
        {
            var findings = Examination.All(parsed.GetRequiredValue(folder));
            foreach (var finding in findings)
            {
                screen.Say($"{(finding.Ok ? "ok     " : "MISSING")} {finding.Name,-10} {finding.Text}");
                if (finding.Advice is not null)
                    screen.Say($"                  {finding.Advice}");
            }

            if (screen.IsJson)
                CommandRunner.WriteJson([.. findings], RequirementJson.Default.RequirementArray);
            return findings.All(f => f.Ok) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}

/// <summary>What <c>doctor --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Requirement[]))]
internal sealed partial class RequirementJson : JsonSerializerContext;
