using System.Net;
using System.Text;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Gan.Tests;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Studio.Hosting;
using Smirk.Workspace;

namespace Smirk.Studio.Tests;

/// <summary>A workspace of drawn pictures and their copies, with a studio in this process.</summary>
public sealed class StudioHouse : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private StudioHouse(TemporaryFolder folder, StudioServer server, string workspace) =>
        (_folder, Server, Workspace) = (folder, server, workspace);

    /// <summary>The studio.</summary>
    public StudioServer Server { get; private set; }

    /// <summary>The workspace's folder.</summary>
    public string Workspace { get; }

    /// <summary>A path in the house's own folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Makes pictures, imports them, searches for copies, and starts a studio.</summary>
    /// <param name="groups">So many pictures; each has a smaller copy and one that was compressed anew.</param>
    /// <param name="password">What other machines have to say; null for none.</param>
    /// <param name="hasCopies">Whether there are copies at all; without, nothing is searched for.</param>
    public static async Task<StudioHouse> Open(int groups = 4, string? password = null, bool hasCopies = true)
    {
        var folder = new TemporaryFolder();
        var pictures = folder.File("pictures");
        Directory.CreateDirectory(pictures);
        for (var i = 0; i < groups; i++)
        {
            var picture = Drawn(i);
            if (!hasCopies)
            {
                System.IO.File.WriteAllBytes(Path.Combine(pictures, $"{i:00}.png"), PictureWriter.Png(picture.Resize(64, 64)));
                continue;
            }

            System.IO.File.WriteAllBytes(Path.Combine(pictures, $"{i:00}.png"), PictureWriter.Png(picture));
            System.IO.File.WriteAllBytes(Path.Combine(pictures, $"{i:00}-small.jpg"), PictureWriter.Jpeg(picture.Resize(150, 150), 85));
            System.IO.File.WriteAllBytes(Path.Combine(pictures, $"{i:00}-again.jpg"), PictureWriter.Jpeg(picture, 40));
        }

        var path = folder.File("ws");
        using (var workspace = SmirkWorkspace.Open(path))
        {
            new ImportStage(workspace).Run(new ImportOptions { Sources = [pictures] });
            if (hasCopies)
            {
                new ExactStage(workspace).Run();
                new NearStage(workspace).Run(new NearOptions());
            }
        }

        return new StudioHouse(folder, await StudioServer.Start(Options(folder, path, password)), path);
    }

    /// <summary>Stops the studio and starts another one on the same workspace.</summary>
    public async Task Restart()
    {
        await Server.DisposeAsync();
        Server = await StudioServer.Start(Options(_folder, Workspace, null));
    }

    /// <summary>Puts a pack of drawn pictures into the workspace.</summary>
    public void Pack(int size = 32, int count = 40) => TinyPack.Write(_folder, count, size, name: $"ws/packs/{size}");

    /// <summary>A client that the studio let in, and that says what the page's script says.</summary>
    public async Task<HttpClient> Client()
    {
        var client = Stranger();
        using var answer = await client.GetAsync(new Uri(Server.Invite()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        client.DefaultRequestHeaders.Add("X-Smirk", "1");
        client.DefaultRequestHeaders.Add("Origin", Server.Origin);
        return client;
    }

    /// <summary>A client that nobody knows.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(Server.Origin),
    };

    /// <summary>A body as the page's script sends it.</summary>
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static StudioOptions Options(TemporaryFolder folder, string workspace, string? password) => new()
    {
        Workspace = workspace,
        Listen = "127.0.0.1",
        OpensBrowser = false,
        Program = SmirkProcess.Executable,
        CacheFolder = folder.File("cache"),
        Password = password,
    };

    // Blocks and discs of many colours: enough corners to be known again, and no two alike.
    private static Picture Drawn(int seed)
    {
        const int side = 300;
        var random = new Random(1000 + seed);
        var picture = new Picture(side, side, (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        for (var i = 0; i < 60; i++)
        {
            var (x, y, size) = (random.Next(side), random.Next(side), random.Next(10, 50));
            var (red, green, blue, isDisc) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), random.Next(2) == 0);
            for (var row = Math.Max(0, y - size); row < Math.Min(side, y + size); row++)
            {
                for (var column = Math.Max(0, x - size); column < Math.Min(side, x + size); column++)
                {
                    if (isDisc && ((column - x) * (column - x)) + ((row - y) * (row - y)) > size * size)
                        continue;
                    var at = ((row * side) + column) * 3;
                    (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]) = (red, green, blue);
                }
            }
        }

        // A little grain, as every real picture has it.
        for (var at = 0; at < picture.Pixels.Length; at++)
            picture.Pixels[at] = (byte)Math.Clamp(picture.Pixels[at] + random.Next(-3, 4), 0, 255);
        return picture;
    }
}
