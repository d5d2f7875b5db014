using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Smirk.Dataset.Decide;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Review;

/// <summary>The review room: questions, pairs, crops, and a person's answers, which go into the same log as
/// <c>smirk decide</c>'s.</summary>
internal static class ReviewEndpoints
{
    /// <summary>Adds the endpoints.</summary>
    public static void MapReview(this IEndpointRouteBuilder routes, SmirkWorkspace workspace, CancellationToken stopping)
    {
        var (pairs, crops, person) = (new PairRoom(workspace), new CropRoom(workspace, stopping), new PersonsWord(workspace));
        var review = routes.MapGroup("/api/review");
        review.MapGet("/questions", () => Questions(workspace.Catalog));
        review.MapGet("/pair/{member:long}/{keeper:long}", (long member, long keeper, CancellationToken cancel) =>
            pairs.Of(member, keeper, cancel));
        review.MapGet("/crops", () => crops.All());
        review.MapGet("/crops/{picture:long}", (long picture) => crops.Of(picture));
        review.MapPost("/answer", (Answer answer) =>
            Result(workspace.Catalog, person.Decide([.. answer.Words.Select(w => w.ToWord())])));
        review.MapPost("/undo", () => Result(workspace.Catalog, person.TakeBack()));
        review.MapPost("/redo", () => Result(workspace.Catalog, person.Redo()));
    }

    private static QuestionList Questions(CatalogDatabase catalog)
    {
        var (undo, redo) = catalog.Decisions.Steps(Decision.Person);
        return new QuestionList(
            [.. OpenQuestions.Of(catalog).Select(q => new QuestionRow(
                Code.Of(q.Kind), q.PictureId, q.KeeperId, Math.Round(q.Doubt, 3), q.Found, q.Answer?.Kind))],
            OpenQuestions.Doubtful, undo, redo);
    }

    private static AnswerResult Result(CatalogDatabase catalog, IReadOnlyList<DecisionChange> changes)
    {
        var (undo, redo) = catalog.Decisions.Steps(Decision.Person);
        return new AnswerResult(
            [.. changes.Select(c => new ChangedAnswer((c.After ?? c.Before)!.SubjectId, c.After?.Kind))], undo, redo);
    }
}
