using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Sends the files of sweeps, and receives those of sweeps to be imported.</summary>
internal sealed partial class ArtifactHandler(ISweepService service)
{
    private const int HexDigitsInName = 12;

    /// <summary>Sends a file after its hash was checked.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var asked = RequestedArtifact(context, bytes: 0);
        await service.FindAsync(context);
        var path = service.ArtifactsOf(context.Sweep()).PathOf(asked);
        await using var file = Open(path);
        if (file is null || Convert.ToHexStringLower(await SHA256.HashDataAsync(file, context.RequestAborted)) != asked.Sha256)
        {
            throw new HttpStatusException(
                StatusCodes.Status404NotFound,
                $"The file {asked.Path} of the sweep {context.Sweep()} is missing or damaged; a rerun makes it anew.");
        }

        file.Position = 0;
        context.Response.ContentType = MediaTypes.Bytes;
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Receives a file of a sweep that does not exist yet.</summary>
    public async Task TakeAsync(HttpContext context)
    {
        var length = context.Request.ContentLength ?? throw new HttpStatusException(
            StatusCodes.Status411LengthRequired, "A file comes with its length; send Content-Length.");
        var sent = RequestedArtifact(context, length);
        if (!SweepId.IsWellFormed(context.Sweep()))
        {
            throw Requests.Bad($"`{context.Sweep()}` is no id of a sweep.");
        }

        if (await service.Find(context.Sweep(), context.RequestAborted) is not null)
        {
            throw new SweepException($"There is a sweep {context.Sweep()} already; only files of one that is to be imported are taken.");
        }

        Requests.Bound(context, ApiLimits.Artifact);
        try
        {
            await service.ArtifactsOf(context.Sweep()).RestoreAsync(sent, context.Request.Body, context.RequestAborted);
        }
        catch (InvalidDataException error)
        {
            throw Requests.Bad(error.Message);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, useAsync: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The artifact that a request names, by a path that cannot leave the sweep's folder.</summary>
    private static Artifact RequestedArtifact(HttpContext context, long bytes)
    {
        context.Request.Query.Allow("sha256");
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        var hash = context.Request.Query["sha256"].ToString();
        if (!HashPattern().IsMatch(hash))
        {
            throw Requests.Bad("`sha256` must be the hash of the file, 64 lower-case hexadecimal digits.");
        }

        return PathPattern().Match(path) is { Success: true } match && match.Groups["hash"].Value == hash[..HexDigitsInName]
            ? new Artifact(path, hash, bytes)
            : throw Requests.Bad($"`{path}` is no path of a file of that hash.");
    }

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();

    [GeneratedRegex(@"^([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*-(?<hash>[0-9a-f]{12})\.[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PathPattern();
}
