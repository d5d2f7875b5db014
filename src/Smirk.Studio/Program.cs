using Smirk.Studio.Hosting;
using Smirk.Workspace.Errors;

namespace Smirk.Studio;

/// <summary>The studio's process.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        if (StudioOptions.FromEnvironment() is not { } options)
        {
            await Console.Error.WriteLineAsync("smirk-studio: this program is started by: smirk studio WORKSPACE");
            return 2;
        }

        try
        {
            await using var server = await StudioServer.Start(options);
            Console.WriteLine($"studio: {server.StartAddress}");
            Console.WriteLine(options.IsLocal ? "studio: only this machine can open it; Ctrl-C ends it, and a training that it started goes on"
                : "studio: other machines can open it with the password; Ctrl-C ends it, and a training that it started goes on");
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
}
