package dev.pando.cluster.internal.relay;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;

/**
 * A class that each loader of a program's has of its own, made at run time. An object of it travels with a task, so
 * that a worker finds the loader; and it knows the number by which the program knows that loader.
 */
public final class LoaderAnchor {
    /** The name of all such classes. No package of a jar: each loader defines its own. */
    public static final String NAME = "pando.anchor.LoaderAnchor";

    /** With a number behind it, the name of a class that only the loader of this number defines. */
    public static final String NUMBERED = "pando.anchor.Number";

    private static final String NUMBER = "NUMBER";

    private LoaderAnchor() {}

    /** Returns the class file of such a name for the loader of this number. */
    public static byte[] file(String name, int number) {
        ClassDesc serializable = ClassDesc.of("java.io.Serializable");
        int constant = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
        return ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        made -> made.withFlags(AccessFlag.PUBLIC, AccessFlag.SUPER)
                                .withInterfaceSymbols(serializable)
                                .withField(
                                        NUMBER,
                                        ConstantDescs.CD_int,
                                        field -> field.withFlags(constant)
                                                .with(java.lang.classfile.attribute.ConstantValueAttribute.of(number)))
                                .withField(
                                        "serialVersionUID",
                                        ConstantDescs.CD_long,
                                        field -> field.withFlags(constant)
                                                .with(java.lang.classfile.attribute.ConstantValueAttribute.of(1L)))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_()));
    }

    /** Returns the number of this loader; 0 if it is none of a program's. */
    static int numberOf(ClassLoader loader) {
        try {
            return Class.forName(NAME, true, loader).getField(NUMBER).getInt(null);
        } catch (ReflectiveOperationException | LinkageError foreign) { // made by the task itself: cannot travel
            return 0;
        }
    }
}
