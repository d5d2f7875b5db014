using Smirk.Drawing.Faces;
using Smirk.Drawing.Styles;
using Smirk.Imaging;
using Smirk.Workspace.Stages;

namespace Smirk.Drawing;

/// <summary>A pile's first pictures side by side, to see what was drawn.</summary>
public static class ContactSheet
{
    private const int Columns = 8;
    private const int Rows = 4;

    /// <summary>The first 32 pictures (or all, of fewer), each <paramref name="side"/> pixels wide and high.</summary>
    /// <exception cref="Workspace.Errors.UsageException">An option is out of its range.</exception>
    public static Picture Paint(DrawOptions options, int side = 80)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var faces = new Picture[Math.Min(options.Count, Columns * Rows)];
        AllCores.For(faces.Length, AllCores.Threads(0), CancellationToken.None, i => faces[i] = Paint(options, new Random(DrawPlan.FaceSeed(options, i)), side));
        return PictureGrid.Tile(faces, Columns);
    }

    private static Picture Paint(DrawOptions options, Random random, int side) =>
        options.Style == DrawStyle.Faces ? FacePainter.Paint(TraitSampler.Sample(random), side, side) : StylePainter.Paint(options.Style, random, side);
}
