using System.Net;
using System.Text.Json;
using Smirk.Dataset.Pack;
using Smirk.Gan.Train;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Studio.Tests.Explore;
using Smirk.Workspace;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

[assembly: AssemblyFixture(typeof(ExploreHouse))]

namespace Smirk.Studio.Tests.Explore;

/// <summary>A studio on a workspace whose generator was trained for a moment; made once, when the first test needs it.</summary>
public sealed class ExploreHouse : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private StudioHouse? _studio;

    /// <summary>The studio.</summary>
    public async Task<StudioHouse> Studio()
    {
        await _turn.WaitAsync();
        try
        {
            return _studio ??= await Trained(Aspect.Square);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks and reads the answer.</summary>
    public static async Task<JsonElement> Post(HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(new Uri($"/api/explore/{path}", UriKind.Relative), StudioHouse.Json(json));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A picture as a file.</summary>
    public static byte[] OwnPicture(int width = 200, int height = 150)
    {
        var picture = new Picture(width, height, 30, 60, 160);
        for (var y = 30; y < 100; y++)
        {
            for (var x = 60; x < 130; x++)
                (picture.Pixels[((y * width) + x) * 3], picture.Pixels[(((y * width) + x) * 3) + 1]) = (240, 200);
        }

        return PictureWriter.Png(picture);
    }

    /// <summary>A studio with a run on a pack of that shape.</summary>
    internal static async Task<StudioHouse> Trained(Aspect aspect)
    {
        var house = await StudioHouse.Open(groups: 40, hasCopies: false);
        using var workspace = SmirkWorkspace.Open(house.Workspace);
        new PackStage(workspace).Run(new PackOptions { Size = 32, Aspect = aspect });
        var tools = new TrainTools((width, height, rgb) => PictureWriter.Png(new Picture(width, height, rgb)), TimeProvider.System);
        var options = new TrainOptions { Pack = workspace.PackFolder(32), Kimg = 0.1, Batch = 8, Seed = 1 };
        new TrainStage(workspace.Runs, tools).Run(options, new Nobody(), CancellationToken.None);
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_studio is not null)
            await _studio.DisposeAsync();
    }

    private sealed class Nobody : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}
