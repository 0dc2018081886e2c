using System.Net;
using System.Security.Cryptography;
using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Fetching;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Tests.Data;

public sealed class DatasetFetcherTests : IDisposable
{
    private static readonly byte[] Contents = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i / 7))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_downloaded_under_its_name_with_progress_to_its_end()
    {
        using var server = new LoopbackServer(Contents);
        var progress = new List<FetchProgress>();

        await Fetch(new Reporter(progress.Add), server.Address);

        Fetched.ShouldBe(Contents);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
        progress[^1].ShouldBe(new FetchProgress("file.gz", Contents.Length, Contents.Length));
        progress.Select(report => report.Bytes).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_cut_connection_is_resumed_where_it_was_cut()
    {
        using var server = new LoopbackServer(Contents, cutAfter: 70_000);

        await Fetch(null, server.Address);

        Fetched.ShouldBe(Contents);
        server.Requests.Count.ShouldBeGreaterThanOrEqualTo(3);
        server.Requests[0].ShouldBe(0);
        server.Requests.ShouldBeInOrder(SortDirection.Ascending);
        server.Requests.ShouldBeUnique();
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_resumed()
    {
        using var server = new LoopbackServer(Contents);
        _folder.Write("file.gz.part", Contents[..123_456]);

        await Fetch(null, server.Address);

        Fetched.ShouldBe(Contents);
        server.Requests.ShouldBe([123_456]);
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_is_read_from_the_start()
    {
        using var server = new LoopbackServer(Contents, honoursRange: false);
        _folder.Write("file.gz.part", new byte[1000]);

        await Fetch(null, server.Address);

        Fetched.ShouldBe(Contents);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(200_000)]
    [InlineData(200_001)]
    public async Task A_part_file_of_something_else_is_noticed_and_downloaded_afresh(int length)
    {
        using var server = new LoopbackServer(Contents);
        _folder.Write("file.gz.part", new byte[length]);

        await Fetch(null, server.Address);

        Fetched.ShouldBe(Contents);
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_and_leaves_nothing_behind()
    {
        byte[] wrong = [.. Contents];
        wrong[1234] ^= 1;
        using var server = new LoopbackServer(wrong);

        var failure = await Should.ThrowAsync<DatasetException>(() => Fetch(null, server.Address));

        failure.Message.ShouldContain($"{server.Address}file.gz: the file has SHA-256 ");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_mirror_has_its_turn_when_one_fails()
    {
        using var bad = new LoopbackServer(Contents[..^1]);
        using var good = new LoopbackServer(Contents);

        await Fetch(null, "http://127.0.0.1:1/", bad.Address, good.Address);

        Fetched.ShouldBe(Contents);
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_not_asked_for()
    {
        using var server = new LoopbackServer(Contents);
        _folder.Write("file.gz", Contents);

        await Fetch(null, server.Address);

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_with_other_contents_is_replaced()
    {
        using var server = new LoopbackServer(Contents);
        _folder.Write("file.gz", [1, 2, 3]);

        await Fetch(null, server.Address);

        Fetched.ShouldBe(Contents);
    }

    [Fact]
    public async Task Where_no_mirror_answers_the_files_to_put_by_hand_are_listed()
    {
        using var fetcher = new DatasetFetcher(new FakeHandler(_ => throw new HttpRequestException("Name or service not known.")));
        var folder = Path.Combine(_folder.Path, "cifar10");

        var failure = await Should.ThrowAsync<DatasetException>(() =>
            fetcher.FetchAsync(DatasetCatalog.Get("cifar10"), folder, null));

        failure.Message.ShouldStartWith("cifar-10-binary.tar.gz of cifar10 could not be downloaded:");
        failure.Message.ShouldContain("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz: Name or service not known.");
        failure.Message.ShouldContain($"put these files into {folder}:");
        failure.Message.ShouldContain(
            "cifar-10-binary.tar.gz  170,052,171 bytes  SHA-256 c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "the server answers 404 Not Found")]
    [InlineData(HttpStatusCode.RequestedRangeNotSatisfiable, "the server answers 416")]
    public async Task An_error_of_the_server_is_passed_on(HttpStatusCode status, string words)
    {
        using var fetcher = new DatasetFetcher(new FakeHandler(_ => new HttpResponseMessage(status)));

        var failure = await Should.ThrowAsync<DatasetException>(() =>
            fetcher.FetchAsync(Known("http://mirror/"), _folder.Path, null));

        failure.Message.ShouldContain("http://mirror/file.gz: " + words);
    }

    [Fact]
    public async Task A_server_that_sends_too_much_is_refused()
    {
        using var fetcher = new DatasetFetcher(new FakeHandler(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent([.. Contents, 0]),
        }));

        var failure = await Should.ThrowAsync<DatasetException>(() =>
            fetcher.FetchAsync(Known("http://mirror/"), _folder.Path, null));

        failure.Message.ShouldContain("the server sends more than the published 200000 bytes");
    }

    [Fact]
    public async Task Stopping_keeps_what_has_arrived()
    {
        using var server = new LoopbackServer(Contents);
        using var stop = new CancellationTokenSource();
        using var fetcher = new DatasetFetcher();

        await Should.ThrowAsync<OperationCanceledException>(() => fetcher.FetchAsync(
            Known(server.Address), _folder.Path, new Reporter(_ => stop.Cancel()), stop.Token));

        var part = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "file.gz.part"));
        part.Length.ShouldBeGreaterThan(0);
        part.ShouldBe(Contents[..part.Length]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var path = _folder.Write("not-a-folder", [1]);
        using var fetcher = new DatasetFetcher();

        var failure = await Should.ThrowAsync<DatasetException>(() =>
            fetcher.FetchAsync(Known("http://mirror/"), path, null));

        failure.Message.ShouldStartWith($"sample cannot be written to {path}: ");
    }

    [Fact]
    public async Task The_archive_of_CIFAR_10_is_unpacked_and_removed()
    {
        var archive = Samples.CifarArchive();
        using var server = new LoopbackServer(archive);
        using var fetcher = new DatasetFetcher();
        var known = DatasetCatalog.Get("cifar10") with
        {
            Downloads = [new("cifar-10-binary.tar.gz", archive.Length, Sha256(archive))],
            Mirrors = [server.Address],
        };

        await fetcher.FetchAsync(known, _folder.Path, null);

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(Samples.CifarFiles().Keys, ignoreOrder: true);
        DatasetLoader.Load(new DatasetFolders(_folder.Path), _folder.Path).Train.Count.ShouldBe(10);
    }

    private byte[] Fetched => File.ReadAllBytes(Path.Combine(_folder.Path, "file.gz"));

    private async Task Fetch(IProgress<FetchProgress>? progress, params string[] mirrors)
    {
        using var fetcher = new DatasetFetcher();
        await fetcher.FetchAsync(Known(mirrors), _folder.Path, progress);
    }

    private static KnownDataset Known(params string[] mirrors) => new(
        "sample", "A sample", new IdxLayout(), new ImageShape(1, 1, 1), 1, 1, ["0"],
        Files: [new("file", Contents.Length, Sha256(Contents))],
        Downloads: [new("file.gz", Contents.Length, Sha256(Contents))],
        Mirrors: [.. mirrors]);

    private static string Sha256(byte[] contents) => Convert.ToHexStringLower(SHA256.HashData(contents));

    /// <summary>Reports at once on the caller's thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Reporter(Action<FetchProgress> report) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => report(value);
    }

    private sealed class FakeHandler(Func<HttpRequestMessage, HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(respond(request));
    }
}
