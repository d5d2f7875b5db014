using System.CommandLine;
using System.Runtime.InteropServices;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk doctor</c>: what this machine has, and what is missing.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Tell what this machine has for Smirk, and what is missing.");
        command.SetRun((_, screen, _) =>
        {
            screen.Say($".NET     {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores");
            return ExitCode.Done;
        });
        return command;
    }
}
