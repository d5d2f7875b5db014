using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Doctor;
using Smirk.Cli.Doctor.Bundle;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk doctor</c>: what this machine has, and what is missing.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--workspace", "-w")
        {
            Description = "check free disk space here; --bundle describes its runs",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => ".",
        };
        var bundle = new Option<string?>("--bundle")
        {
            Description = "write what a bug report needs: versions, the machine, options and ends of logs of the workspace's newest runs; "
                + "no pictures, and no names of files",
            HelpName = "file.zip",
        };
        var names = new Option<bool>("--names") { Description = "leave the names of files, folders and classes in the bundle" };
        var command = new Command("doctor", """
            Check that this machine has everything that Smirk needs.

            Examples:
              smirk doctor
              smirk doctor -w smug --bundle report.zip     for a bug report
            """) { folder, bundle, names };
        command.SetRun((parsed, screen, _) =>
        {
            if (parsed.GetValue(names) && parsed.GetValue(bundle) is null)
                throw new UsageException("--names says what --bundle holds; give both.");
            var findings = Examination.All(parsed.GetRequiredValue(folder));
            foreach (var finding in findings)
            {
                screen.Say($"{(finding.Ok ? "ok     " : "MISSING")} {finding.Name,-10} {finding.Text}");
                if (finding.Advice is not null)
                    screen.Say($"                  {finding.Advice}");
            }

            if (parsed.GetValue(bundle) is { } file)
            {
                var parts = new BugBundle(parsed.GetValue(names)).Write(file, findings, parsed.GetRequiredValue(folder), Fault.Folder);
                screen.Say($"bundle: {parts.Count} texts in {file} ({string.Join(", ", parts)}); look at them before you send it");
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
