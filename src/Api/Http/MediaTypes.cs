namespace AdvFit.Api.Http;

/// <summary>Media types of requests and answers.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string JsonLines = "application/x-ndjson";
    public const string Bytes = "application/octet-stream";
}
