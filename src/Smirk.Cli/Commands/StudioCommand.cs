using System.CommandLine;
using System.Net;
using System.Text.Json;
using Smirk.Cli.Help;
using Smirk.Files.Posix;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk studio WS</c>: a local page to review pictures, watch runs and play with generators.</summary>
internal static class StudioCommand
{
    // As StudioOptions in Smirk.Studio reads it; a program of its own, so that no other command pays for the server.
    private const string Program = "smirk-studio", Variable = "SMIRK_STUDIO_OPTIONS";

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Argument<string>("WS") { Description = "the workspace folder" };
        var port = new Option<int>("--port")
        {
            Description = "the port to listen at, 1 to 65535; 0 for one that is free",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        };
        var quiet = new Option<bool>("--no-browser") { Description = "only print the address" };
        var listen = new Option<string>("--listen")
        {
            Description = "an address that other machines reach, such as 192.168.1.20; needs --password. "
                + "What is sent isn't encrypted: use it in a network that you trust, or through SSH",
            DefaultValueFactory = _ => "127.0.0.1",
            HelpName = "address",
        };
        var password = new Option<string?>("--password")
        {
            Description = "what other machines have to say; 8 characters or more",
            HelpName = "words",
        };
        var command = new Command("studio", """
            Open a page on this machine in which you decide about doubtful pictures, watch and start trainings, and play with a
            generator. Only this machine can open it, with the address that it prints. Ctrl-C ends it; a training goes on.

            Examples:
              smirk studio smug                          opens the browser
              smirk studio smug --no-browser --port 8080
              ssh -L 8080:127.0.0.1:8080 big-machine smirk studio smug --no-browser --port 8080
            """) { workspace };
        command.Under("How it is reached", port, quiet, listen, password);
        command.SetRun((parsed, screen, _) =>
        {
            var address = parsed.GetValue(listen)!;
            Check(parsed.GetValue(port), address, parsed.GetValue(password));
            var folder = Path.GetFullPath(parsed.GetRequiredValue(workspace));
            SmirkWorkspace.OpenToRead(folder).Dispose();
            OtherProgram.Become(Path.Combine(AppContext.BaseDirectory, Program), (Variable, Options()));
            return ExitCode.Failed;

            string Options()
            {
                using var stream = new MemoryStream();
                using (var json = new Utf8JsonWriter(stream))
                {
                    json.WriteStartObject();
                    json.WriteString("Workspace", folder);
                    json.WriteNumber("Port", parsed.GetValue(port));
                    json.WriteString("Listen", address);
                    if (parsed.GetValue(password) is { } word)
                        json.WriteString("Password", word);
                    json.WriteBoolean("OpensBrowser", !parsed.GetValue(quiet));
                    json.WriteBoolean("PrintsJson", screen.IsJson);
                    json.WriteBoolean("IsQuiet", parsed.GetValue(CommandRunner.Quiet));
                    json.WriteString("Program", Environment.ProcessPath);
                    json.WriteString("CacheFolder", UserFolders.Cache());
                    json.WriteEndObject();
                }

                return System.Text.Encoding.UTF8.GetString(stream.ToArray());
            }
        });
        return command;
    }

    private static void Check(int port, string listen, string? password)
    {
        const int shortest = 8;
        if (port is < 0 or > 65_535)
            throw new UsageException($"--port {port}: expected 1 to 65535, or 0 for one that is free.");
        if (!IPAddress.TryParse(listen, out var address))
            throw new UsageException($"--listen {listen}: expected an IP address of this machine, such as 192.168.1.20.");
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            throw new UsageException(
                $"--listen {listen}: give the one address that browsers will use, such as 192.168.1.20; the studio answers no other.");
        if (!IPAddress.IsLoopback(address) && password is null)
            throw new UsageException($"--listen {listen} lets other machines in, and needs --password.");
        if (password is not null && password.Length < shortest)
            throw new UsageException($"--password has {password.Length} characters; expected {shortest} or more.");
    }
}
