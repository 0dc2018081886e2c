using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AdvFit.Api.Http;

/// <summary>Reads parameters and bodies of requests strictly, and finds the sweeps that they name.</summary>
internal static class Requests
{
    /// <summary>The sweep's id in the path.</summary>
    public static string Sweep(this HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>The snapshot of the sweep that the path names.</summary>
    /// <exception cref="HttpStatusException">There is none (404).</exception>
    public static async Task<SweepSnapshot> FindAsync(this ISweepService service, HttpContext context) =>
        await service.Find(context.Sweep(), context.RequestAborted)
        ?? throw NoSuchSweep(context);

    /// <summary>The error that there is no sweep that the path names (404).</summary>
    public static HttpStatusException NoSuchSweep(HttpContext context) => new(
        StatusCodes.Status404NotFound, $"There is no sweep {context.Sweep()}; GET {SweepEndpoints.Prefix}/sweeps lists them.");

    /// <summary>Refuses query parameters other than these, and repeated ones.</summary>
    /// <exception cref="HttpStatusException">There is one.</exception>
    public static void Allow(this IQueryCollection query, params ReadOnlySpan<string> names)
    {
        foreach (var (name, values) in query)
        {
            if (!names.Contains(name))
            {
                throw Bad($"The request has no parameter `{name}`{(names.IsEmpty ? "" : $"; it has {string.Join(", ", names)}")}.");
            }

            if (values.Count > 1)
            {
                throw Bad($"The parameter `{name}` is given twice.");
            }
        }
    }

    /// <summary>A whole number; null where it is not given.</summary>
    /// <exception cref="HttpStatusException">It is none, or out of range.</exception>
    public static long? Number(this IQueryCollection query, string name, long least, long most) =>
        query.TryGetValue(name, out var values) ? Number(name, values.ToString(), least, most) : null;

    /// <summary>A whole number.</summary>
    /// <exception cref="HttpStatusException">It is none, or out of range.</exception>
    public static long Number(string name, string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad($"`{name}` must be a whole number from {least} to {most}.");

    /// <summary>True or false; <paramref name="otherwise"/> where it is not given.</summary>
    /// <exception cref="HttpStatusException">It is neither.</exception>
    public static bool Flag(this IQueryCollection query, string name, bool otherwise = false) =>
        query.TryGetValue(name, out var values)
            ? values.ToString() switch
            {
                "true" => true,
                "false" => false,
                _ => throw Bad($"`{name}` must be true or false."),
            }
            : otherwise;

    /// <summary>The whole body.</summary>
    /// <exception cref="HttpStatusException">It is too large.</exception>
    public static async Task<byte[]> BodyAsync(this HttpContext context)
    {
        Bound(context, ApiLimits.Body);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 14];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > ApiLimits.Body)
            {
                throw TooLarge(ApiLimits.Body);
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>Limits the length of the body, in bytes. A server that cannot limit it leaves that to the reader.</summary>
    /// <exception cref="HttpStatusException">Its declared length is larger.</exception>
    public static void Bound(HttpContext context, long most)
    {
        if (context.Request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = most;
        }
    }

    /// <summary>The error that a body is too large (413).</summary>
    public static HttpStatusException TooLarge(long most) => new(
        StatusCodes.Status413PayloadTooLarge, $"The body is larger than the {most} bytes that are taken; send less.");

    /// <summary>The error that a request makes no sense (400).</summary>
    public static HttpStatusException Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);

    /// <summary>Answers with JSON.</summary>
    public static Task AnswerAsync(this HttpContext context, byte[] json, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypes.Json;
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
