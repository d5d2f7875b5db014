using Smirk.Cli.Commands.Make;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Pack;
using Smirk.Drawing;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;

namespace Smirk.Cli.Tests.Commands.Make;

public sealed class DatasetPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stage_that_is_switched_off_takes_its_earlier_decisions_back()
    {
        DrawStage.Run(new DrawOptions { Count = 12, Size = 256 }, _folder.File("in"), null, CancellationToken.None);
        var first = Directory.EnumerateFiles(_folder.File("in"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(Decoded).OfType<Picture>().First();
        _folder.Write("in/smaller.png", PictureWriter.Png(first.Resize(first.Width * 3 / 4, first.Height * 3 / 4)));
        using var workspace = SmirkWorkspace.Open(_folder.File("ws"));
        var rows = Run(workspace, new NearOptions());
        Assert.Equal(rows + 1, Run(workspace, new NearOptions { Care = NearCare.Off }));
        Assert.Equal(rows, Run(workspace, new NearOptions()));
    }

    private int Run(SmirkWorkspace workspace, NearOptions near)
    {
        var options = new DatasetOptions
        {
            Import = new ImportOptions { Sources = [_folder.File("in")] },
            Near = near,
            Crop = new CropStageOptions { Mode = CropMode.Off },
            Pack = new PackOptions { Size = 32 },
        };
        var result = new DatasetPipeline(workspace).Run(options);
        Assert.Equal(near.Care != NearCare.Off, result.Stages.Any(s => s.Stage == "near"));
        return result.Pack.Rows;
    }

    // Some of a drawn pile are broken on purpose.
    private static Picture? Decoded(string path)
    {
        try
        {
            return PictureReader.DecodeFile(path) is { Width: > 100 } picture ? picture : null;
        }
        catch (UnusablePictureException)
        {
            return null;
        }
    }
}
