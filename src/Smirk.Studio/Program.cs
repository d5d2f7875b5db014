using System.Text.Json;
using Smirk.Studio.Hosting;
using Smirk.Studio.Safe;
using Smirk.Workspace.Errors;

namespace Smirk.Studio;

/// <summary>The studio's process.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        if (StudioOptions.TakeFromEnvironment() is not { } options)
        {
            await Console.Error.WriteLineAsync("smirk-studio: this program is started by: smirk studio WORKSPACE");
            return 2;
        }

        try
        {
            await using var server = await StudioServer.Start(options);
            Tell(options, server.StartAddress);
            if (options.OpensBrowser)
                WebBrowser.Open(server.StartAddress);
            await server.Ended;
            return 0;
        }
        catch (Exception error) when (error is SmirkException or IOException)
        {
            await Console.Error.WriteLineAsync($"smirk: {error.Message}");
            return 1;
        }
    }

    private static void Tell(StudioOptions options, string address)
    {
        if (options.PrintsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new Invitation(address), StudioJson.Default.Invitation));
            return;
        }

        Console.WriteLine($"studio: {address}");
        var who = options.IsLocal ? "only this machine can open it" : "other machines can open it with the password";
        if (!options.IsQuiet)
            Console.WriteLine($"studio: {who}; Ctrl-C ends it, and a training that it started goes on");
    }
}
