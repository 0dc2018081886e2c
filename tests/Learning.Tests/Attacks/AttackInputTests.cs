using AdvFit.Learning.Attacks.Fgsm;

namespace AdvFit.Learning.Tests.Attacks;

public class AttackInputTests
{
    private static readonly LinearClassifier Classifier =
        new(new(1, 1, 2), [[1, 0], [0, 1], [0, 0]], [0, 0, 0]);

    public static TheoryData<string> Attacks => [.. Samples.AllAttacks().Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_pixel_that_is_no_number_or_outside_the_box_is_refused_with_the_index_of_its_image(string name)
    {
        foreach (var pixel in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0.001f, 1.001f })
        {
            Refusal(name, [0, 1, 0.5f, 0.5f, 0.5f, pixel], [0, 1, 2]).ShouldContain("Pixel 1 of image 2 is");
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_label_that_is_no_class_is_refused_with_the_index_of_its_image(string name) =>
        Refusal(name, [0, 1, 0.5f, 0.5f], [0, 3]).ShouldContain("Image 1 has the label 3");

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Images_and_labels_of_different_numbers_are_refused(string name) =>
        Refusal(name, [0, 1, 0.5f], [0, 1]).ShouldContain("2 labels need 2 images of 1x1x2, 4 pixels, but there are 3");

    [Fact]
    public void A_classifier_of_one_class_is_refused()
    {
        var single = new LinearClassifier(new(1, 1, 1), [[1]], [0]);
        Should.Throw<ArgumentException>(() => Attack.With(new FgsmParameters { Epsilon = 0.1 }).Craft(single, [0.5f], [0]))
            .Message.ShouldContain("1 classes");
    }

    private static string Refusal(string name, float[] images, byte[] labels)
    {
        var attack = Samples.AllAttacks().Single(known => known.Name == name).Attack;
        return Should.Throw<ArgumentException>(() => attack.Craft(Classifier, images, labels)).Message;
    }
}
