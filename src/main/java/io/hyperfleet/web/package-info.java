/** Settings of the process's web servers, such as security headers. */
package io.hyperfleet.web;
