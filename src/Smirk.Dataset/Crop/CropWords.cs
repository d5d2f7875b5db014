using System.Globalization;
using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop;

/// <summary>The words of what was found out about crops.</summary>
public static class CropWords
{
    /// <summary>How many faces a picture that was dropped has; the first of its reasons.</summary>
    internal const string Faces = "faces";

    /// <summary>What was chosen in one picture, or why nothing was.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="nameOf">What a picture is called, by its row; asked only for workspaces.</param>
    public static string Of(PictureCrops found, Func<long, string>? nameOf = null)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.WithoutFace switch
        {
            NoFace.Drop => "no face found: dropped",
            NoFace.Keep => "no face found: kept whole",
            NoFace.Centre when found.Crops[0].IsChosen => "no face found: cut from the middle",
            NoFace.Centre => $"no face found: cut from the middle, then dropped: {Of(found.Crops[0].Rank.Reasons[0], nameOf)}",
            _ when found.Chosen == found.Crops.Count => $"{Counted.Of(found.Crops.Count, "face")}, {found.Chosen} chosen",
            _ =>
                $"{Counted.Of(found.Crops.Count, "face")}, {found.Chosen} chosen; dropped: "
                    + $"{Joined(found.Crops.Where(c => !c.IsChosen).Select(c => c.Rank.Reasons[0]), nameOf)}",
        };
    }

    /// <summary>Why a picture was dropped, without a full stop.</summary>
    /// <param name="decision">A decision of the crop stage.</param>
    /// <param name="nameOf">What a picture is called, by its row.</param>
    public static string Of(Decision decision, Func<long, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var faces = decision.Reasons.FirstOrDefault(r => r.Code == Faces);
        var why = decision.Reasons.Where(r => r.Code != Faces);
        return faces is null ? "no face found" : $"{Counted.Of((long)faces[0], "face")}, none usable: {Joined(why, nameOf)}";
    }

    /// <summary>What is wrong with a crop, in short phrases.</summary>
    public static IReadOnlyList<string> Of(CropRank rank, Func<long, string>? nameOf = null)
    {
        ArgumentNullException.ThrowIfNull(rank);
        return [.. rank.Reasons.Select(r => Of(r, nameOf))];
    }

    /// <summary>A code of <see cref="CropRank.Dropped"/> as counts name it.</summary>
    public static string Count(string dropped) => Code.Read<CropFault>(dropped) switch
    {
        CropFault.WithoutFace => "without a face",
        CropFault.NotLargest => "not the largest",
        _ => dropped,
    };

    private static string Of(Reason reason, Func<long, string>? nameOf) => Code.Read<CropFault>(reason.Code) switch
    {
        CropFault.Small when reason.Numbers!.Count > 1 => $"the face has {Number(reason[0])} pixels, fewer than {reason[1]:0}",
        CropFault.Small => $"the face is small ({Number(reason[0])} pixels)",
        CropFault.Flat => "it is flat: nothing to see",
        CropFault.Grey => "it is monochrome",
        CropFault.Blurry => $"it is blurred or enlarged (sharpness {Number(reason[0])})",
        CropFault.Dark => "it is dark",
        CropFault.Unsure => $"the detector is not sure (score {Number(reason[0])})",
        CropFault.Outside =>
            string.Create(CultureInfo.InvariantCulture, $"{reason[0] * 100:0} % of it lie outside the picture and are reflected"),
        CropFault.Clipped => "more than half of it is blown out or black",
        CropFault.Text => "there seems to be text over it",
        CropFault.Blocks => "compression blocks show",
        CropFault.NotLargest => "another face of the picture is larger",
        CropFault.Duplicate => $"the same face as in {reason.Text ?? nameOf?.Invoke((long)reason[0]) ?? "another picture"}",
        _ => reason.Text ?? reason.Code,
    };

    private static string Joined(IEnumerable<Reason> reasons, Func<long, string>? nameOf) =>
        string.Join("; ", reasons.Select(r => Of(r, nameOf)).Distinct(StringComparer.Ordinal));

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
