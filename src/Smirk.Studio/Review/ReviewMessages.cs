using Smirk.Dataset.Decide;
using Smirk.Dataset.Near.Pairs;

namespace Smirk.Studio.Review;

/// <summary>All questions, and where the person is in the log.</summary>
/// <param name="Questions">Most doubtful first.</param>
/// <param name="Doubtful">Doubt from which on a question deserves a look.</param>
/// <param name="Undo">Steps that can be taken back.</param>
/// <param name="Redo">Steps that can be decided again.</param>
internal sealed record QuestionList(IReadOnlyList<QuestionRow> Questions, double Doubtful, int Undo, int Redo);

/// <summary>One question.</summary>
/// <param name="Kind">"pair", "crop" or "damage".</param>
/// <param name="Id">The picture's row.</param>
/// <param name="Keeper">The row of the picture that stays in its place; null for none.</param>
/// <param name="Doubt">0–1.</param>
/// <param name="Found">What was found, such as "caption".</param>
/// <param name="Answer">The person's word; null for none.</param>
internal sealed record QuestionRow(string Kind, long Id, long? Keeper, double Doubt, string Found, string? Answer);

/// <summary>Two pictures to decide between.</summary>
/// <param name="Member">The one that may go.</param>
/// <param name="Keeper">The one that may stay.</param>
/// <param name="Similarity">0–1; null where no map was found.</param>
/// <param name="Map">Nine numbers, row major: from the member's shares of its sides (0–1, left and right as they are) to the keeper's; null
/// where no map was found.</param>
/// <param name="Region">Where in the keeper they differ: left, top, width, height as shares; null for nowhere in particular.</param>
/// <param name="Statements">In what the member differs.</param>
internal sealed record PairMessage(
    PictureSize Member, PictureSize Keeper, double? Similarity, IReadOnlyList<double>? Map, IReadOnlyList<double>? Region,
    IReadOnlyList<PairStatement> Statements);

/// <summary>A picture's row and size.</summary>
internal sealed record PictureSize(long Id, int Width, int Height, string Format, long Bytes);

/// <summary>A crop in the grid.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Picture">The picture's row.</param>
/// <param name="Box">x, y, width, height in pixels of the picture.</param>
/// <param name="Angle">Degrees clockwise.</param>
/// <param name="Margin">Room around the box, in boxes.</param>
/// <param name="Doubt">0 for none.</param>
/// <param name="Why">What is wrong with it, in short phrases.</param>
/// <param name="By">smirk, person or import.</param>
/// <param name="IsDropped">Whether the picture or the crop stays out of the training set.</param>
/// <param name="Sharpness">0 to about .5; null until it was measured.</param>
/// <param name="Brightness">0–255; null until it was measured.</param>
internal sealed record CropMessage(
    long Id, long Picture, IReadOnlyList<int> Box, double Angle, double Margin, double Doubt, IReadOnlyList<string> Why, string By,
    bool IsDropped, double? Sharpness, double? Brightness);

/// <summary>All crops of the workspace.</summary>
/// <param name="Crops">By picture.</param>
/// <param name="Measured">How many were measured so far.</param>
internal sealed record CropList(IReadOnlyList<CropMessage> Crops, int Measured);

/// <summary>A person's answer: one step, however many pictures it is about.</summary>
/// <param name="Words">A word a picture.</param>
internal sealed record Answer(IReadOnlyList<AnswerWord> Words);

/// <summary>A word about a picture.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Word">keep, drop, alternate or not-duplicate.</param>
/// <param name="Keeper">What it was compared with; null for its group's keeper.</param>
/// <param name="Boxes">x, y, width, height and perhaps degrees, for each box that is cut instead of what was found; null for none.</param>
internal sealed record AnswerWord(long Id, string Word, long? Keeper, IReadOnlyList<IReadOnlyList<double>>? Boxes)
{
    /// <summary>The same for the log.</summary>
    public PictureWord ToWord() => new(Id, PersonsWord.Parse(Word), Keeper) { Boxes = [.. (Boxes ?? []).Select(BoxOf)] };

    private static PersonsBox BoxOf(IReadOnlyList<double> box) => PersonsBox.Parse(string.Join(',', box.Select((value, i) =>
        i < 4 ? Math.Round(value).ToString("0", System.Globalization.CultureInfo.InvariantCulture)
            : value.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture))));
}

/// <summary>What an answer, undo or redo changed.</summary>
/// <param name="Changed">The pictures and what stands about them now; null for nothing.</param>
/// <param name="Undo">Steps that can be taken back.</param>
/// <param name="Redo">Steps that can be decided again.</param>
internal sealed record AnswerResult(IReadOnlyList<ChangedAnswer> Changed, int Undo, int Redo);

/// <summary>What stands about a picture now.</summary>
internal sealed record ChangedAnswer(long Id, string? Answer);
